package dev.facefusion.operator.act;

/// An action that may succeed when it is tried again; the message is fit for the user.
public final class ActionFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ActionFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
