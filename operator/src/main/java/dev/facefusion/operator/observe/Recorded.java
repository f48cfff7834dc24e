package dev.facefusion.operator.observe;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.operator.decide.Complaint;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.remediation.Ledger;
import dev.facefusion.operator.decide.remediation.Stage;
import dev.facefusion.operator.decide.remediation.Step;
import dev.facefusion.operator.decide.remediation.Storm;
import dev.facefusion.operator.decide.remediation.Treatment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What this operator, or the one that led before it, has written into a cluster's status.
final class Recorded {
    private Recorded() {}

    /// A treatment that this version does not understand is left out.
    static Ledger ledger(FaceFusionCluster cluster) {
        var status = cluster.getStatus();
        if (status == null || status.remediation() == null) {
            return Ledger.EMPTY;
        }
        var remediation = status.remediation();
        return new Ledger(
                Optional.ofNullable(remediation.storm()).map(Recorded::storm),
                requireNonNullElse(
                                remediation.treatments(),
                                List.<FaceFusionClusterStatus.Treatment>of())
                        .stream()
                        .flatMap(treatment -> treatment(treatment).stream())
                        .toList());
    }

    /// By the pod's name.
    static Map<String, Complaint> complaints(FaceFusionCluster cluster) {
        var complaints = new HashMap<String, Complaint>();
        var status = cluster.getStatus();
        if (status != null && status.unhealthyPods() != null) {
            for (var pod : status.unhealthyPods()) {
                Reason.of(pod.reason())
                        .ifPresent(reason ->
                                complaints.put(
                                        pod.name(), new Complaint(reason, time(pod.since()))));
            }
        }
        return complaints;
    }

    private static Optional<Treatment> treatment(FaceFusionClusterStatus.Treatment recorded) {
        var step = Step.of(recorded.action());
        var stage = Stage.of(recorded.state());
        var reason = Reason.of(recorded.reason());
        if (step.isEmpty() || stage.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        var pod =
                new PodRef(
                        recorded.pod(),
                        recorded.uid(),
                        requireNonNullElse(recorded.nodeName(), ""),
                        "",
                        recorded.restarts());
        return Optional.of(
                new Treatment(
                        pod,
                        requireNonNullElse(recorded.instance(), ""),
                        step.get(),
                        reason.get(),
                        stage.get(),
                        time(recorded.since()),
                        time(recorded.stateSince())));
    }

    private static Storm storm(FaceFusionClusterStatus.Storm recorded) {
        return new Storm(
                time(recorded.since()),
                Optional.ofNullable(recorded.calmSince()).map(Instant::parse));
    }

    private static Instant time(@Nullable String recorded) {
        return recorded == null ? Instant.EPOCH : Instant.parse(recorded);
    }
}
