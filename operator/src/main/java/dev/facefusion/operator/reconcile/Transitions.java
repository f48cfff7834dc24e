package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.operator.act.Notice;
import dev.facefusion.operator.act.Notice.Level;
import dev.facefusion.operator.decide.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What has changed between two statuses that people want to be told of: a new reason of Ready, and
/// each pod that has become unhealthy or has another reason to be.
final class Transitions {
    private Transitions() {}

    static List<Notice> between(FaceFusionClusterStatus old, FaceFusionClusterStatus current) {
        var notices = new ArrayList<Notice>();
        newlyUnhealthy(old, current).stream().map(Transitions::notice).forEach(notices::add);
        var ready = ready(current);
        if (!reason(ready).equals(reason(ready(old)))) {
            ready.map(Transitions::notice).ifPresent(notices::add);
        }
        return notices;
    }

    private static List<UnhealthyPod> newlyUnhealthy(
            FaceFusionClusterStatus old, FaceFusionClusterStatus current) {
        var fresh = new ArrayList<>(pods(current));
        fresh.removeAll(new HashSet<>(pods(old)));
        return fresh;
    }

    private static List<UnhealthyPod> pods(FaceFusionClusterStatus status) {
        return requireNonNullElse(status.unhealthyPods(), List.<UnhealthyPod>of());
    }

    private static Optional<Condition> ready(FaceFusionClusterStatus status) {
        return requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                .filter(condition -> Conditions.READY.equals(condition.getType()))
                .findFirst();
    }

    private static Optional<String> reason(Optional<Condition> condition) {
        return condition.map(Condition::getReason);
    }

    private static Notice notice(UnhealthyPod pod) {
        var place = pod.nodeName() == null ? "" : " on node " + pod.nodeName();
        var sentence = Reason.of(pod.reason()).map(Findings::sentence).orElse("");
        return new Notice(
                Level.WARNING, pod.reason(), "Pod %s%s: %s".formatted(pod.name(), place, sentence));
    }

    private static Notice notice(Condition ready) {
        boolean well =
                Objects.equals(ready.getStatus(), "True")
                        || Objects.equals(ready.getReason(), "Progressing");
        return new Notice(
                well ? Level.NORMAL : Level.WARNING, ready.getReason(), ready.getMessage());
    }
}
