package dev.facefusion.runtime.gpu;

/// What NVML's functions return, as far as it matters here, and what it means for a person.
final class NvmlReturn {

    static final int SUCCESS = 0;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int INSUFFICIENT_SIZE = 7;
    static final int TIMEOUT = 10;
    static final int FUNCTION_NOT_FOUND = 13;
    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    static final int NO_DATA = 21;
    static final int ARGUMENT_VERSION_MISMATCH = 25;
    static final int DEPRECATED = 26;

    private NvmlReturn() {}

    /// True if the device or the driver does not have what was asked for, or does not show it to
    /// us: nothing is wrong.
    static boolean unavailable(int code) {
        return switch (code) {
            case NOT_SUPPORTED,
                    NO_PERMISSION,
                    NOT_FOUND,
                    FUNCTION_NOT_FOUND,
                    NO_DATA,
                    ARGUMENT_VERSION_MISMATCH,
                    DEPRECATED ->
                    true;
            default -> false;
        };
    }

    /// Such as `code 15, the GPU is lost`.
    static String describe(int code) {
        return "code " + code + ", " + meaning(code);
    }

    private static String meaning(int code) {
        return switch (code) {
            case 1 -> "NVML is not initialised";
            case 2 -> "an argument is invalid";
            case NOT_SUPPORTED -> "the device does not support it";
            case NO_PERMISSION -> "this process has no permission";
            case NOT_FOUND -> "nothing was found";
            case INSUFFICIENT_SIZE -> "the buffer is too small";
            case 8 -> "the GPU's power cables are not attached";
            case 9 -> "the NVIDIA driver is not loaded";
            case TIMEOUT -> "the driver timed out";
            case 11 -> "the driver has a problem with the GPU's interrupts";
            case 12 -> "NVML's own library was not found";
            case FUNCTION_NOT_FOUND -> "the driver does not have the function";
            case 14 -> "the GPU's infoROM is corrupted";
            case GPU_IS_LOST -> "the GPU is lost";
            case RESET_REQUIRED -> "the GPU must be reset";
            case 17 -> "the operating system blocks the GPU";
            case 18 -> "the driver and its library are of different versions";
            case 19 -> "the GPU is in use";
            case 20 -> "there is not enough memory";
            case 23 -> "there are not enough resources";
            case ARGUMENT_VERSION_MISMATCH -> "the driver is of another version";
            case 27 -> "the GPU is not ready";
            case 28 -> "the GPU was not found";
            case 29 -> "the GPU is in an invalid state";
            default -> "an error that NVML does not explain";
        };
    }
}
