package dev.facefusion.runtime.engine.session;

/// A model answered with what is no number: its weights, its device or its precision is broken, and
/// so would be every picture made from the answer.
public final class NonFiniteOutputException extends RuntimeException {

    public NonFiniteOutputException(String model, String tensor) {
        super("%s gave values in %s that are not finite".formatted(model, tensor));
    }
}
