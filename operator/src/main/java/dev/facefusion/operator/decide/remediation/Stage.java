package dev.facefusion.operator.decide.remediation;

import java.util.Optional;
import java.util.stream.Stream;

/// How far a treatment is.
public enum Stage {
    /// Out of the Service; its tasks finish.
    DRAINING("Draining"),
    /// The step itself is being done.
    ACTING("Acting"),
    /// It is done, and must show that it has helped.
    RECOVERING("Recovering"),
    /// A healthy pod is there.
    SUCCEEDED("Succeeded"),
    /// Time ran out without a healthy pod, or the pod is as sick as before.
    FAILED("Failed"),
    /// The pod is gone, or nobody wants it treated any more.
    ABANDONED("Abandoned");

    private final String code;

    Stage(String code) {
        this.code = code;
    }

    /// The CamelCase spelling that the API shows.
    public String code() {
        return code;
    }

    /// Whether there is still something to do.
    public boolean open() {
        return switch (this) {
            case DRAINING, ACTING, RECOVERING -> true;
            case SUCCEEDED, FAILED, ABANDONED -> false;
        };
    }

    /// The stage of that spelling; empty for one that this version does not know.
    public static Optional<Stage> of(String code) {
        return Stream.of(values()).filter(stage -> stage.code.equals(code)).findFirst();
    }
}
