package dev.facefusion.runtime.models;

/// The model directory cannot be used; the message names the file, what is wrong and the remedy.
public final class ModelException extends RuntimeException {

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
