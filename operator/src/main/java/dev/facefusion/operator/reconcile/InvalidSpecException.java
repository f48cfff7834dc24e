package dev.facefusion.operator.reconcile;

/// The spec can't be carried out as it stands; the message names the field and the remedy.
final class InvalidSpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSpecException(String message, Throwable cause) {
        super(message, cause);
    }
}
