package dev.facefusion.runtime.engine;

/// Which of a request's pictures an outcome speaks of.
public enum Input {
    SOURCE,
    TARGET
}
