package dev.facefusion.operator.desired;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.time.Duration;

/// What the kubelet asks. It restarts a container only as a last resort, after a minute without any
/// answer: the operator sees more, and acts earlier and more gently.
final class Probes {
    private static final int PERIOD_SECONDS = 5;
    private static final int TIMEOUT_SECONDS = 2;
    private static final int LIVENESS_PERIOD_SECONDS = 10;
    private static final int LIVENESS_TIMEOUT_SECONDS = 5;
    private static final int LIVENESS_FAILURES = 6;

    private Probes() {}

    static Probe startup(Duration timeout) {
        int failures = Math.max(1, Math.toIntExact(timeout.toSeconds() / PERIOD_SECONDS));
        return get("/health", PERIOD_SECONDS, TIMEOUT_SECONDS, failures);
    }

    static Probe readiness() {
        return get("/ready", PERIOD_SECONDS, TIMEOUT_SECONDS, 2);
    }

    static Probe liveness() {
        return get("/health", LIVENESS_PERIOD_SECONDS, LIVENESS_TIMEOUT_SECONDS, LIVENESS_FAILURES);
    }

    private static Probe get(String path, int periodSeconds, int timeoutSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withPort(new IntOrString(RuntimeContainer.HEALTH))
                .withScheme("HTTP")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(timeoutSeconds)
                .withSuccessThreshold(1)
                .withFailureThreshold(failures)
                .build();
    }
}
