package dev.facefusion.runtime.engine.session;

import java.util.Locale;

/// What ONNX Runtime can run a model on.
public enum ExecutionProvider {
    CUDA("CUDAExecutionProvider"),
    TENSORRT("TensorrtExecutionProvider"),
    CPU("CPUExecutionProvider");

    private final String nativeName;

    ExecutionProvider(String nativeName) {
        this.nativeName = nativeName;
    }

    /// ONNX Runtime's own name.
    String nativeName() {
        return nativeName;
    }

    /// The name in options and reports, such as `cuda`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
