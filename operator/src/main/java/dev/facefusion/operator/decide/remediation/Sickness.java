package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodHealth.Serving;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import dev.facefusion.operator.decide.PodHealth.Unseen;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Standing.Bad;
import dev.facefusion.operator.decide.Standing.Good;
import dev.facefusion.operator.decide.Standing.Refusing;
import dev.facefusion.operator.decide.Standing.Silent;
import dev.facefusion.operator.decide.Standing.Unproven;
import java.util.Optional;
import java.util.Set;

/// Which verdicts a remedy can help.
final class Sickness {
    private static final Set<Reason> TREATABLE =
            Set.of(
                    Reason.INFERENCE_STALLED,
                    Reason.HEALTH_UNREACHABLE,
                    Reason.HEALTH_UNREADABLE,
                    Reason.ACCELERATOR_FALLBACK,
                    Reason.STARTUP_TIMEOUT,
                    Reason.DEVICE_UNHEALTHY);

    private static final Set<Reason> DEAF =
            Set.of(
                    Reason.INFERENCE_STALLED,
                    Reason.HEALTH_UNREACHABLE,
                    Reason.HEALTH_UNREADABLE,
                    Reason.STARTUP_TIMEOUT);

    private Sickness() {}

    /// Why the pod should be treated; empty where it is well, or where no remedy helps: an image
    /// that can't be pulled is not there for the next pod either.
    static Optional<Reason> of(PodVerdict verdict) {
        return suspected(verdict)
                .filter(reason -> reason == Reason.DEVICE_UNHEALTHY || proven(verdict));
    }

    /// Our own polls show it: what another operator has reported does not count. Nor does a process
    /// that is down, which is the kubelet's to start again.
    private static boolean proven(PodVerdict verdict) {
        return verdict.pod()
                .track()
                .filter(track ->
                        switch (track.standing()) {
                            case Good _, Silent _, Bad _ -> true;
                            case Unproven _, Refusing _ -> false;
                        })
                .isPresent();
    }

    /// Its process is down.
    static boolean down(PodVerdict verdict) {
        return verdict.health() instanceof Faulty
                && verdict.pod()
                        .track()
                        .filter(track -> track.standing() instanceof Refusing)
                        .isPresent();
    }

    private static Optional<Reason> suspected(PodVerdict verdict) {
        return switch (verdict.health()) {
            case Faulty(var reason) when TREATABLE.contains(reason) -> Optional.of(reason);
            case Ailing(var reason, var remedy) when remedy == Remedy.TREAT -> Optional.of(reason);
            case Faulty _, Ailing _, Serving _, Starting _, Draining _, Unseen _, Unknown _ ->
                    Optional.empty();
        };
    }

    /// Serves again, as far as the pod and the kubelet say.
    static boolean cured(PodVerdict verdict) {
        return verdict.pod().ready()
                && loaded(verdict)
                && switch (verdict.health()) {
                    case Serving _ -> true;
                    case Ailing(_, var remedy) -> remedy == Remedy.REPORT;
                    case Faulty _, Starting _, Draining _, Unseen _, Unknown _ -> false;
                };
    }

    /// The kubelet may find a pod ready before our next poll does. What the last one has seen says
    /// nothing of how the pod works: before its models are loaded it does not know itself.
    private static boolean loaded(PodVerdict verdict) {
        return verdict.report().filter(report -> report.models() == Models.NOT_LOADED).isEmpty();
    }

    /// The pod tells nothing of itself.
    static boolean silent(Reason reason) {
        return reason == Reason.HEALTH_UNREACHABLE || reason == Reason.HEALTH_UNREADABLE;
    }

    /// No work in the pod can finish any more, or nobody can tell: there is nothing to wait for.
    static boolean deaf(Reason reason) {
        return DEAF.contains(reason);
    }
}
