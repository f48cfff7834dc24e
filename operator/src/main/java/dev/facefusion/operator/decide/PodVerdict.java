package dev.facefusion.operator.decide;

import java.time.Instant;
import java.util.Optional;

/// A pod with the verdict on it, and when the verdict may change without any new evidence.
public record PodVerdict(PodSnapshot pod, PodHealth health, Optional<Instant> recheckAt) {
    static PodVerdict of(PodSnapshot pod, PodHealth health) {
        return new PodVerdict(pod, health, Optional.empty());
    }

    /// Takes traffic, and nothing speaks against it.
    public boolean serving() {
        return pod.custody().inService() && up();
    }

    private boolean up() {
        return switch (health) {
            case PodHealth.Serving _, PodHealth.Ailing _, PodHealth.Unseen _, PodHealth.Unknown _ ->
                    pod.ready();
            case PodHealth.Starting _, PodHealth.Draining _, PodHealth.Faulty _ -> false;
        };
    }

    /// The reason to list the pod as unhealthy, if there is one.
    public Optional<Reason> complaint() {
        return switch (health) {
            case PodHealth.Faulty(var reason) -> Optional.of(reason);
            case PodHealth.Ailing(var reason, _) -> Optional.of(reason);
            case PodHealth.Draining(var overdue) -> overdue;
            case PodHealth.Unknown _ -> Optional.of(Reason.HEALTH_UNKNOWN);
            case PodHealth.Serving _, PodHealth.Starting _, PodHealth.Unseen _ -> Optional.empty();
        };
    }

    /// The pod's newest report, where it is one to go by.
    public Optional<HealthReport> report() {
        return switch (health) {
            case PodHealth.Unknown _, PodHealth.Unseen _ -> Optional.empty();
            case PodHealth.Faulty(var reason)
                    when reason == Reason.HEALTH_UNREACHABLE
                            || reason == Reason.HEALTH_UNREADABLE ->
                    Optional.empty();
            case PodHealth.Serving _,
                    PodHealth.Starting _,
                    PodHealth.Draining _,
                    PodHealth.Ailing _,
                    PodHealth.Faulty _ ->
                    pod.track().flatMap(HealthTrack::lastReport);
        };
    }
}
