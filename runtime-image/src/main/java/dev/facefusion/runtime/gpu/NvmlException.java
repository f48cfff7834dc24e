package dev.facefusion.runtime.gpu;

/// NVML cannot do what nothing goes without. The message is a sentence for a person.
final class NvmlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NvmlException(String message) {
        super(message);
    }

    NvmlException(NvmlFunction function, int code) {
        this("%s failed with %s.".formatted(function.symbol(), NvmlReturn.describe(code)));
    }
}
