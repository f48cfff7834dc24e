package dev.facefusion.runtime.engine.media.ffmpeg;

/// This machine's ffmpeg cannot be used: it is missing, does not start, or does not answer.
public final class FfmpegException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FfmpegException(String message) {
        super(message);
    }

    FfmpegException(String message, Throwable cause) {
        super(message, cause);
    }
}
