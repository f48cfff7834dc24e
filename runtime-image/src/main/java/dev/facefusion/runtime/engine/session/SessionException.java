package dev.facefusion.runtime.engine.session;

/// ONNX Runtime failed at something that must work: a broken environment, never bad input.
public final class SessionException extends RuntimeException {

    SessionException(String message) {
        super(message);
    }

    SessionException(String message, Throwable cause) {
        super(message, cause);
    }
}
