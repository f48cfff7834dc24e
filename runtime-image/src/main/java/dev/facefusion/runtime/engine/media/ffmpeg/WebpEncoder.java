package dev.facefusion.runtime.engine.media.ffmpeg;

import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Writes pictures as WebP files, by ffmpeg's `libwebp`.
public final class WebpEncoder {

    /// What 14 bits hold, less the 0 that no picture has (RFC 9649, 2.6).
    public static final int MAX_SIDE = 16_383;

    private static final String ENCODER = "libwebp";

    // At its largest, a picture of 40 megapixels takes some ten seconds on a slow core.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Ffmpeg ffmpeg;

    private WebpEncoder(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /// Empty if this ffmpeg was built without it.
    public static Optional<WebpEncoder> of(Ffmpeg ffmpeg) {
        return ffmpeg.encoders().contains(ENCODER)
                ? Optional.of(new WebpEncoder(ffmpeg))
                : Optional.empty();
    }

    /// A lossy file's bytes.
    ///
    /// @param picture with sides of at most [#MAX_SIDE] pixels
    /// @param quality libwebp's own, 1 to 100, as FaceFusion hands it on (3.8.1)
    /// @throws FfmpegException if ffmpeg fails, or takes longer than two minutes
    /// @throws java.util.concurrent.CancellationException if the task is cancelled
    public byte[] write(Picture picture, int quality, Cancellation cancellation) {
        var arguments =
                List.of(
                        "-protocol_whitelist",
                        "pipe",
                        "-f",
                        "rawvideo",
                        "-pixel_format",
                        "rgb24",
                        "-video_size",
                        "%dx%d".formatted(picture.width(), picture.height()),
                        "-i",
                        "pipe:0",
                        "-frames:v",
                        "1",
                        "-c:v",
                        ENCODER,
                        "-q:v",
                        Integer.toString(quality),
                        "-f",
                        "image2pipe", // the encoder's packet is the whole file
                        "pipe:1");
        return ffmpeg.convert(arguments, picture.rgb(), PATIENCE, cancellation);
    }
}
