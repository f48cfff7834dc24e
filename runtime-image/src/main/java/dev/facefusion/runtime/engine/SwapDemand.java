package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.SourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// What a task of the bundled engine takes of the memory while it runs, beside what the engine
/// takes anyway. An estimate from the pictures' headers; nothing is decoded.
///
/// @param heapBytes of Java's heap
/// @param deviceBytes of the GPU's memory
public record SwapDemand(long heapBytes, long deviceBytes) {

    /// Counted, not measured: 3 bytes each for the image that the codec makes, the picture, its
    /// upright or turned copy, and the encoded result.
    private static final long BYTES_PER_TARGET_PIXEL = 12;

    /// Of a source only the decoded picture stays.
    private static final long BYTES_PER_SOURCE_PIXEL = 3;

    /// What its buffers take whatever the size.
    private static final long BASE_BYTES = 24L * 1024 * 1024;

    /// The models see crops of fixed sizes, whatever the pictures' are: all the device's memory
    /// that they need is taken when they are warmed up.
    private static final long DEVICE_BYTES = 0;

    /// The demand of a request. A file without a header that can be read counts as no pixels: the
    /// engine refuses it before it decodes anything.
    public static SwapDemand of(SwapRequest request) {
        var pictures = SourceFiles.of(request.sources()).pictures();
        var sources = pictures.stream().mapToLong(SwapDemand::pixels).toArray();
        var target = pixels(request.target());
        var files = Stream.concat(pictures.stream(), Stream.of(request.target()));
        // Decoding any of them needs what only the target keeps.
        var decoding = Math.max(Arrays.stream(sources).max().orElse(0), target);
        return new SwapDemand(
                BASE_BYTES
                        + files.mapToLong(SwapDemand::bytes).max().orElse(0)
                        + decoding * BYTES_PER_TARGET_PIXEL
                        + Arrays.stream(sources).sum() * BYTES_PER_SOURCE_PIXEL,
                DEVICE_BYTES);
    }

    private static long pixels(Path file) {
        return PictureReader.size(file).map(PictureSize::pixels).orElse(0L);
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            return 0; // the engine will say so
        }
    }
}
