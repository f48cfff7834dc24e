package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Complaint;
import dev.facefusion.operator.decide.Custody;
import dev.facefusion.operator.decide.Custody.Request;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.desired.Annotations;
import dev.facefusion.operator.desired.Labels;
import dev.facefusion.operator.desired.RuntimeContainer;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Reads pods as the API server shows them.
final class PodReader {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private static final Set<String> KEPT = Set.of(Labels.QUARANTINED, Labels.PLACEHOLDER);

    private PodReader() {}

    /// A pod that has ended for good, evicted for example, stays listed but is nobody's replica.
    static boolean alive(Pod pod) {
        return !ENDED.contains(Objects.requireNonNullElse(pod.getStatus().getPhase(), ""));
    }

    /// Neither a placeholder nor in quarantine.
    static boolean replica(Pod pod) {
        return !KEPT.contains(pod.getMetadata().getLabels().getOrDefault(Labels.NAME, ""));
    }

    static PodRef ref(Pod pod) {
        return new PodRef(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid(),
                Objects.requireNonNullElse(pod.getSpec().getNodeName(), ""),
                Objects.requireNonNullElse(pod.getStatus().getPodIP(), ""),
                instance(pod).restarts());
    }

    private static Custody custody(Pod pod) {
        var annotations =
                Objects.requireNonNullElse(
                        pod.getMetadata().getAnnotations(), Map.<String, String>of());
        return new Custody(
                !"false".equals(pod.getMetadata().getLabels().get(Labels.IN_SERVICE)),
                request(annotations),
                deletionCost(annotations));
    }

    private static int deletionCost(Map<String, String> annotations) {
        try {
            return Integer.parseInt(annotations.getOrDefault(Annotations.DELETION_COST, "0"));
        } catch (NumberFormatException _) {
            return 0; // as the ReplicaSet takes it
        }
    }

    private static Request request(Map<String, String> annotations) {
        if (annotations.containsKey(Annotations.QUARANTINE)) {
            return Request.QUARANTINE;
        }
        return annotations.containsKey(Annotations.DRAIN) ? Request.DRAIN : Request.NONE;
    }

    /// Where to ask the pod; empty while its container does not run.
    static Optional<PollTarget> target(Pod pod) {
        var address = pod.getStatus().getPodIP();
        return running(pod).isEmpty() || address == null
                ? Optional.empty()
                : Optional.of(new PollTarget(instance(pod), health(address)));
    }

    static PodInstance instance(Pod pod) {
        return new PodInstance(
                pod.getMetadata().getUid(),
                container(pod).map(ContainerStatus::getRestartCount).orElse(0));
    }

    static PodSnapshot read(Pod pod, Optional<Complaint> complaint, Optional<HealthTrack> track) {
        boolean ready =
                condition(pod, "Ready")
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .isPresent();
        var obstacle = Obstacle.of(pod, ready);
        return new PodSnapshot(
                ref(pod),
                custody(pod),
                ready,
                leaving(pod),
                goneBy(pod),
                startedAt(pod),
                obstacle.map(Obstacle::reason),
                unschedulableSince(pod),
                obstacle.map(Obstacle::words)
                        .or(() -> unschedulable(pod).map(PodReader::words))
                        .orElse(""),
                complaint,
                track);
    }

    private static URI health(String address) {
        var host = address.contains(":") ? "[" + address + "]" : address;
        return URI.create("http://%s:%d/health".formatted(host, RuntimeContainer.HEALTH_PORT));
    }

    private static Instant startedAt(Pod pod) {
        return Instant.parse(
                running(pod)
                        .map(ContainerStateRunning::getStartedAt)
                        .orElse(pod.getMetadata().getCreationTimestamp()));
    }

    /// Whether the scheduler finds no node for a pod that is wanted.
    static boolean unplaceable(Pod pod) {
        return !leaving(pod) && unschedulableSince(pod).isPresent();
    }

    private static boolean leaving(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /// The API server has added the grace period to the time at which it was asked.
    private static Optional<Instant> goneBy(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()).map(Instant::parse);
    }

    private static String words(PodCondition unschedulable) {
        return StableText.ofScheduler(Objects.requireNonNullElse(unschedulable.getMessage(), ""));
    }

    private static Optional<PodCondition> unschedulable(Pod pod) {
        return condition(pod, "PodScheduled")
                .filter(scheduled -> "False".equals(scheduled.getStatus()))
                .filter(scheduled -> "Unschedulable".equals(scheduled.getReason()));
    }

    private static Optional<Instant> unschedulableSince(Pod pod) {
        return unschedulable(pod)
                .map(scheduled -> Instant.parse(scheduled.getLastTransitionTime()));
    }

    private static Optional<ContainerStateRunning> running(Pod pod) {
        return container(pod)
                .flatMap(status ->
                        status.getState() == null
                                ? Optional.empty()
                                : Optional.ofNullable(status.getState().getRunning()));
    }

    static Optional<ContainerStatus> container(Pod pod) {
        return Objects.requireNonNullElse(
                        pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of())
                .stream()
                .filter(status -> RuntimeContainer.NAME.equals(status.getName()))
                .findFirst();
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        return Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of())
                .stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
