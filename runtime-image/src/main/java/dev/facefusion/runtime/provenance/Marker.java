package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Writes the marks into results. The picture's own data is not touched: its pixels are the same
/// with and without.
public final class Marker {

    private final ProvenanceSettings settings;
    private final InstantSource clock;
    private final List<Counter> marks;

    /// @param meters count the marks
    public Marker(ProvenanceSettings settings, InstantSource clock, MeterRegistry meters) {
        this.settings = settings;
        this.clock = clock;
        this.marks =
                Stream.of("xmp", "aigc")
                        .map(kind ->
                                Counter.builder("fusion.marking")
                                        .description("Marks written into results")
                                        .tag("kind", kind)
                                        .register(meters))
                        .toList();
    }

    /// The file with the marks that the policy asks for.
    ///
    /// @param image a whole JPEG, PNG, WebP or TIFF file; or a BMP, which has no room for marks and
    ///   stays as it is
    /// @param produceId names the picture among all that the producer made: the request's id
    /// @throws IllegalArgumentException if the image is neither: nothing else leaves without marks
    public byte[] mark(byte[] image, String produceId) {
        return switch (settings.policy()) {
            case OFF -> image;
            case ON -> {
                if (isBmp(image)) {
                    yield image;
                }
                var marked = with(image, packet(produceId));
                marks.forEach(Counter::increment);
                yield marked;
            }
        };
    }

    /// Puts the marks that the policy asks for into a whole MP4 or MOV file, in place.
    ///
    /// @throws IOException if it cannot be done: nothing leaves without its marks
    public void mark(Path video, String produceId) throws IOException {
        switch (settings.policy()) {
            case OFF -> {}
            case ON -> {
                Mp4Boxes.append(video, packet(produceId));
                marks.forEach(Counter::increment);
            }
        }
    }

    /// What a muxer writes among a video's metadata: the label under the name that the practice
    /// guide of GB 45438-2025 gives it. Empty where the policy asks for no marks.
    public Map<String, String> metadata(String produceId) {
        return switch (settings.policy()) {
            case OFF -> Map.of();
            case ON -> Map.of("AIGC", AigcLabel.madeBy(settings.producer(), produceId).json());
        };
    }

    /// Whether results are to be marked.
    public boolean marks() {
        return settings.policy() == ProvenanceSettings.Policy.ON;
    }

    private static boolean isBmp(byte[] image) {
        return image.length > 2 && image[0] == 'B' && image[1] == 'M';
    }

    private byte[] packet(String produceId) {
        var label = AigcLabel.madeBy(settings.producer(), produceId);
        return XmpPacket.of(label, clock.instant()).getBytes(UTF_8);
    }

    private static byte[] with(byte[] image, byte[] packet) {
        var format =
                MarkedFile.of(image)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "the image is neither JPEG, PNG, WebP nor TIFF"));
        return switch (format) {
            case JPEG -> JpegSegments.with(image, packet);
            case PNG -> PngChunks.with(image, packet);
            case WEBP -> WebpChunks.with(image, packet);
            case TIFF -> TiffDirectory.with(image, packet);
            case MP4 -> throw new IllegalArgumentException("a video is marked in its file");
        };
    }
}
