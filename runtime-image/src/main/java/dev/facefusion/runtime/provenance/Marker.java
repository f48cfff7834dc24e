package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
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
    /// @param image a whole JPEG or PNG file as this runtime writes it
    /// @param produceId names the picture among all that the producer made: the request's id
    /// @throws IllegalArgumentException if the image is neither: nothing leaves without its marks
    public byte[] mark(byte[] image, String produceId) {
        return switch (settings.policy()) {
            case OFF -> image;
            case ON -> {
                var marked = with(image, packet(produceId));
                marks.forEach(Counter::increment);
                yield marked;
            }
        };
    }

    private byte[] packet(String produceId) {
        var label = AigcLabel.madeBy(settings.producer(), produceId);
        return XmpPacket.of(label, clock.instant()).getBytes(UTF_8);
    }

    private static byte[] with(byte[] image, byte[] packet) {
        var format =
                PictureFile.of(image)
                        .orElseThrow(() ->
                                new IllegalArgumentException("the image is neither JPEG nor PNG"));
        return switch (format) {
            case JPEG -> JpegSegments.with(image, packet);
            case PNG -> PngChunks.with(image, packet);
        };
    }
}
