package dev.facefusion.runtime.engine.session;

import java.util.Locale;

/// What ONNX Runtime can run a model on.
public enum ExecutionProvider {
    CUDA,
    TENSORRT,
    CPU;

    /// The name in options and reports, such as `cuda`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
