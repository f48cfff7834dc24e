package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Treatment;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.operator.act.Notice;
import dev.facefusion.operator.act.Notice.Level;
import dev.facefusion.operator.decide.BlockedBy;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.remediation.Stage;
import dev.facefusion.operator.decide.remediation.Step;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What has changed between two statuses that people want to be told of: each pod that has become
/// unhealthy or has another reason to be, each action that begins or ends, each action that is due
/// and blocked, and a new reason of Ready.
final class Transitions {
    private static final String DEFER = "Defer";

    private Transitions() {}

    static List<Notice> between(FaceFusionClusterStatus old, FaceFusionClusterStatus current) {
        var notices = new ArrayList<Notice>();
        for (var pod : pods(current)) {
            var before = named(old, pod.name());
            if (before.filter(same -> same.reason().equals(pod.reason())).isEmpty()) {
                notices.add(unhealthy(pod));
            }
            if (pod.blockedBy() != null
                    && !deferral(pod).equals(before.map(Transitions::deferral).orElse(""))) {
                notices.add(deferred(pod));
            }
        }
        for (var treatment : treatments(current)) {
            notices.addAll(progress(before(old, treatment), treatment));
        }
        rescaled(old, current).ifPresent(notices::add);
        var ready = ready(current);
        if (!reason(ready).equals(reason(ready(old)))) {
            ready.map(Transitions::notice).ifPresent(notices::add);
        }
        return notices;
    }

    /// The drain, the step itself, and what has come of it, each once.
    private static List<Notice> progress(Optional<Treatment> before, Treatment now) {
        var was = before.flatMap(treatment -> Stage.of(treatment.state()));
        var is = Stage.of(now.state());
        var notices = new ArrayList<Notice>();
        if (was.isEmpty() && is.filter(Stage::open).isPresent() && !quarantine(now)) {
            notices.add(drained(now));
        }
        if (!was.map(Transitions::acted).orElse(false)
                && is.map(Transitions::acted).orElse(false)) {
            notices.add(began(now));
        }
        if (was.map(Stage::open).orElse(is.isPresent()) && !is.map(Stage::open).orElse(true)) {
            notices.add(ended(now));
        }
        return notices;
    }

    private static boolean quarantine(Treatment treatment) {
        return Step.QUARANTINE.code().equals(treatment.action());
    }

    private static boolean acted(Stage stage) {
        return switch (stage) {
            case ACTING, RECOVERING, SUCCEEDED, FAILED -> true;
            case DRAINING, ABANDONED -> false;
        };
    }

    private static Optional<Notice> rescaled(
            FaceFusionClusterStatus old, FaceFusionClusterStatus current) {
        var scaling = current.scaling();
        if (scaling == null || scaling.desiredReplicas() == null || old.desiredReplicas() == null) {
            return Optional.empty();
        }
        var before =
                old.scaling() == null ? old.desiredReplicas() : old.scaling().desiredReplicas();
        int change = Integer.compare(scaling.desiredReplicas(), requireNonNullElse(before, 0));
        return change == 0
                ? Optional.empty()
                : Optional.of(
                        new Notice(
                                Level.NORMAL,
                                (change > 0 ? Reason.SCALE_UP : Reason.SCALE_DOWN).code(),
                                "Scale",
                                "",
                                "From %d to %d replicas: %s."
                                        .formatted(
                                                before,
                                                scaling.desiredReplicas(),
                                                scaling.reason())));
    }

    private static Notice drained(Treatment treatment) {
        return new Notice(
                Level.WARNING,
                treatment.reason(),
                "Drain",
                treatment.pod(),
                "Pod %s leaves the Service for %s: %s"
                        .formatted(
                                treatment.pod(), treatment.action(), sentence(treatment.reason())));
    }

    private static Notice began(Treatment treatment) {
        return new Notice(
                Level.WARNING,
                treatment.reason(),
                treatment.action(),
                treatment.pod(),
                "%s of pod %s begins: %s"
                        .formatted(
                                treatment.action(), treatment.pod(), sentence(treatment.reason())));
    }

    private static Notice ended(Treatment treatment) {
        boolean failed = Stage.FAILED.code().equals(treatment.state());
        return new Notice(
                failed ? Level.WARNING : Level.NORMAL,
                treatment.reason(),
                treatment.action() + treatment.state(),
                treatment.pod(),
                "%s of pod %s: %s."
                        .formatted(treatment.action(), treatment.pod(), treatment.state()));
    }

    /// Watching is told as acting would be, but for its words.
    private static Notice deferred(UnhealthyPod pod) {
        boolean observed = BlockedBy.OBSERVE.code().equals(pod.blockedBy());
        return new Notice(
                Level.NORMAL,
                pod.reason(),
                observed ? requireNonNullElse(pod.step(), DEFER) : DEFER,
                pod.name(),
                "%s of pod %s is due, and blocked by %s."
                        .formatted(pod.step(), pod.name(), pod.blockedBy()));
    }

    private static Notice unhealthy(UnhealthyPod pod) {
        var place = pod.nodeName() == null ? "" : " on node " + pod.nodeName();
        return Notice.about(
                pod.name(),
                Level.WARNING,
                pod.reason(),
                "Pod %s%s: %s".formatted(pod.name(), place, sentence(pod.reason())));
    }

    private static Notice notice(Condition ready) {
        boolean well =
                !Objects.equals(ready.getReason(), "Degraded")
                        && (Objects.equals(ready.getStatus(), "True")
                                || Objects.equals(ready.getReason(), "Progressing"));
        return Notice.of(
                well ? Level.NORMAL : Level.WARNING, ready.getReason(), ready.getMessage());
    }

    private static String sentence(String reason) {
        return Reason.of(reason).map(Sentences::of).orElse("");
    }

    private static String deferral(UnhealthyPod pod) {
        return pod.blockedBy() == null ? "" : pod.step() + " " + pod.blockedBy();
    }

    private static Optional<UnhealthyPod> named(FaceFusionClusterStatus status, String name) {
        return pods(status).stream().filter(pod -> pod.name().equals(name)).findFirst();
    }

    private static Optional<Treatment> before(FaceFusionClusterStatus old, Treatment treatment) {
        return treatments(old).stream()
                .filter(each -> each.uid().equals(treatment.uid()))
                .filter(each -> each.action().equals(treatment.action()))
                .filter(each -> each.since().equals(treatment.since()))
                .findFirst();
    }

    private static List<UnhealthyPod> pods(FaceFusionClusterStatus status) {
        return listed(status.unhealthyPods());
    }

    private static List<Treatment> treatments(FaceFusionClusterStatus status) {
        return status.remediation() == null ? List.of() : listed(status.remediation().treatments());
    }

    private static <T> List<T> listed(@Nullable List<T> items) {
        return requireNonNullElse(items, List.of());
    }

    private static Optional<Condition> ready(FaceFusionClusterStatus status) {
        return requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .filter(condition -> Conditions.READY.equals(condition.getType()))
                .findFirst();
    }

    private static Optional<String> reason(Optional<Condition> condition) {
        return condition.map(Condition::getReason);
    }
}
