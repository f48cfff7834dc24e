package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.media.PictureWriter;
import dev.facefusion.runtime.engine.media.ffmpeg.FfmpegException;
import dev.facefusion.runtime.engine.media.ffmpeg.InstalledFfmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.WebpEncoder;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.util.Optional;

/// What a task's picture becomes a file by.
sealed interface PictureFile {

    OutputFormat format();

    /// What stands against this file for a picture.
    Optional<Objection> objection(Picture picture);

    /// The file's bytes, of a picture that nothing stands against.
    byte[] write(Picture picture);

    /// What the options ask for.
    ///
    /// @param ffmpeg looked for only if a format needs it
    static PictureFile of(SwapOptions options, InstalledFfmpeg ffmpeg, Cancellation cancellation) {
        return switch (options.outputFormat()) {
            case PNG, JPEG, TIFF, BMP ->
                    new ByJava(options.outputFormat(), options.outputQuality());
            case WEBP -> webp(options.outputQuality(), ffmpeg, cancellation);
        };
    }

    private static PictureFile webp(
            int quality, InstalledFfmpeg ffmpeg, Cancellation cancellation) {
        try {
            return WebpEncoder.of(ffmpeg.get())
                    .<PictureFile>map(encoder -> new Webp(encoder, quality, cancellation))
                    .orElseGet(() ->
                            new Impossible(
                                    OutputFormat.WEBP,
                                    "another format than webp: this ffmpeg has no encoder libwebp"));
        } catch (FfmpegException e) {
            return new Impossible(
                    OutputFormat.WEBP,
                    "another format than webp, which needs ffmpeg: " + e.getMessage());
        }
    }

    private static Objection objection(String expected) {
        return new Objection("output_format", expected);
    }

    /// A format that Java writes.
    record ByJava(OutputFormat format, int quality) implements PictureFile {

        @Override
        public Optional<Objection> objection(Picture picture) {
            return Optional.empty();
        }

        @Override
        public byte[] write(Picture picture) {
            return PictureWriter.write(picture, format, quality);
        }
    }

    /// One that ffmpeg writes.
    record Webp(WebpEncoder encoder, int quality, Cancellation cancellation)
            implements PictureFile {

        @Override
        public OutputFormat format() {
            return OutputFormat.WEBP;
        }

        @Override
        public Optional<Objection> objection(Picture picture) {
            return Math.max(picture.width(), picture.height()) > WebpEncoder.MAX_SIDE
                    ? Optional.of(
                            PictureFile.objection(
                                    "another format than webp, whose sides have at most %d pixels"
                                            .formatted(WebpEncoder.MAX_SIDE)))
                    : Optional.empty();
        }

        @Override
        public byte[] write(Picture picture) {
            return encoder.write(picture, quality, cancellation);
        }
    }

    /// One that nothing here writes.
    record Impossible(OutputFormat format, String expected) implements PictureFile {

        @Override
        public Optional<Objection> objection(Picture picture) {
            return Optional.of(PictureFile.objection(expected));
        }

        @Override
        public byte[] write(Picture picture) {
            throw new IllegalStateException("nothing writes " + format);
        }
    }
}
