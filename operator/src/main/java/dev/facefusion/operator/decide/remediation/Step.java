package dev.facefusion.operator.decide.remediation;

import java.util.Optional;
import java.util.stream.Stream;

/// What can be done about a sick pod, from the gentlest on.
public enum Step {
    /// Drain, then restart the process on the same GPU.
    SELF_RESTART("SelfRestart"),
    /// Drain, then evict.
    REPLACE("Replace"),
    /// Replace, and keep new pods off the node for a while.
    AVOID_NODE("AvoidNode"),
    /// Out of service, and kept for a look.
    QUARANTINE("Quarantine");

    private final String code;

    Step(String code) {
        this.code = code;
    }

    /// The CamelCase spelling that the API shows.
    public String code() {
        return code;
    }

    /// The step of that spelling; empty for one that this version does not know.
    public static Optional<Step> of(String code) {
        return Stream.of(values()).filter(step -> step.code.equals(code)).findFirst();
    }
}
