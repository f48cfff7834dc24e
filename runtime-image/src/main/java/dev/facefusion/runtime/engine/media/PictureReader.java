package dev.facefusion.runtime.engine.media;

import dev.facefusion.runtime.engine.media.Header.Known;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageInputStream;

/// Reads JPEG, PNG and WebP pictures, whole or not at all.
public final class PictureReader {

    /// 64 MiB: the file lies in memory while it is decoded, beside the picture. It is more than a
    /// JPEG of 40 megapixels at the best quality takes, and than a PNG of 20 megapixels of noise.
    static final int MAX_FILE_BYTES = 64 * 1024 * 1024;

    /// 256 KiB: where a header ends in the files of all cameras; colour profiles and thumbnails
    /// come before it in a JPEG.
    private static final int MAX_HEADER_BYTES = 256 * 1024;

    private PictureReader() {}

    /// How large the picture in a file is, by its header. Empty for what [#read] would refuse by
    /// its header, for a file that cannot be read, and for one whose header takes more than 256
    /// KiB.
    public static Optional<PictureSize> size(Path file) {
        try (var content = Files.newInputStream(file)) {
            return header(content.readNBytes(MAX_HEADER_BYTES)) instanceof Known known
                    ? Optional.of(known.size())
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Reads a file, as [#read(byte[])] does. One of more than 64 MiB is refused unread.
    ///
    /// @throws UncheckedIOException if the file cannot be read
    public static Decoded read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                return new Decoded.Refused(
                        MediaFault.TOO_LARGE,
                        "The file has more than %d MiB.".formatted(MAX_FILE_BYTES / 1024 / 1024));
            }
            return read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }

    /// Reads a file; never throws for what it contains, unless the heap is too small. A picture
    /// that is too large costs no memory: its header is judged first.
    public static Decoded read(byte[] file) {
        return switch (header(file)) {
            case Header.Refused(var fault, var detail) -> new Decoded.Refused(fault, detail);
            case Known known ->
                    known.size()
                            .excess()
                            .<Decoded>map(
                                    detail -> new Decoded.Refused(MediaFault.TOO_LARGE, detail))
                            .orElseGet(() -> decode(file, known));
        };
    }

    private static Header header(byte[] file) {
        if (file.length == 0) {
            return new Header.Refused(MediaFault.EMPTY, "The file has 0 bytes.");
        }
        if (JpegHeader.isJpeg(file)) {
            return JpegHeader.read(file);
        }
        int signature = PngHeader.SIGNATURE.length;
        if (Arrays.equals(
                file, 0, Math.min(signature, file.length), PngHeader.SIGNATURE, 0, signature)) {
            return PngHeader.read(file);
        }
        if (WebpHeader.isWebp(file)) {
            return WebpHeader.read(file);
        }
        return ForeignFormat.of(file)
                .map(format ->
                        new Header.Refused(
                                MediaFault.UNSUPPORTED,
                                format + " is not read; send JPEG, PNG or WebP."))
                .orElseGet(() ->
                        new Header.Refused(
                                MediaFault.NOT_AN_IMAGE,
                                "The file is neither JPEG, PNG nor WebP."));
    }

    private static Decoded decode(byte[] file, Known known) {
        if (!isComplete(file, known)) {
            return truncated("The file ends too early.");
        }
        var reader = ImageIO.getImageReadersByFormatName(known.formatName()).next();
        var damaged = new AtomicBoolean();
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.addIIOReadWarningListener(
                    (_, warning) -> damaged.compareAndSet(false, isDamage(warning)));
            reader.setInput(stream, true, true);
            var picture = Pixels.of(reader.read(0));
            return damaged.get()
                    ? truncated("The picture's data is damaged or ends too early.")
                    : new Decoded.Intact(ExifOrientation.upright(picture, known.orientation()));
        } catch (IOException | RuntimeException e) {
            if (e.getCause() instanceof OutOfMemoryError full) {
                throw full; // which the PNG decoder makes an IOException
            }
            // The decoders meet broken data with exceptions of many kinds, unchecked ones too.
            return truncated("The picture's data is damaged or ends too early.");
        } finally {
            reader.dispose();
        }
    }

    // Two decoders make a whole picture of a part of it without a word.
    private static boolean isComplete(byte[] file, Known known) {
        return switch (known.formatName()) {
            case "png" -> PngHeader.isComplete(file);
            case "webp" -> WebpHeader.isComplete(file);
            default -> true;
        };
    }

    /// Of the JPEG decoder's warnings two are harmless: stray bytes between segments, which some
    /// cameras write, and a colour profile that is not used anyway.
    private static boolean isDamage(String warning) {
        return !warning.contains("extraneous bytes") && !warning.contains("profile");
    }

    private static Decoded truncated(String detail) {
        return new Decoded.Refused(MediaFault.TRUNCATED, detail);
    }
}
