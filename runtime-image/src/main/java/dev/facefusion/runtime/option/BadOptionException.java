package dev.facefusion.runtime.option;

/// The value of an option cannot be used.
public final class BadOptionException extends RuntimeException {

    private final String option;
    private final String expected;

    /// @param option its name
    /// @param expected what it must be
    public BadOptionException(String option, String expected) {
        super("%s must be %s".formatted(option, expected));
        this.option = option;
        this.expected = expected;
    }

    public String option() {
        return option;
    }

    public String expected() {
        return expected;
    }
}
