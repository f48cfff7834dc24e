package dev.facefusion.runtime.http;

/// Ends the handling of a request that cannot be carried out. Caught in one place, which answers
/// it.
final class RequestRefused extends RuntimeException {

    private final transient Refusal refusal;

    RequestRefused(Refusal refusal) {
        super(refusal.toString(), null, false, false); // expected: no stack trace
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
