package dev.facefusion.runtime.upload;

/// Ends the receiving of a form.
public final class FormException extends RuntimeException {

    private final transient FormFault fault;

    FormException(FormFault fault) {
        super(fault.toString(), null, false, false); // expected: no stack trace
        this.fault = fault;
    }

    public FormFault fault() {
        return fault;
    }
}
