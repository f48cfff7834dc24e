package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Reason;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What Kubernetes itself says against a pod.
///
/// @param words the cause, the same for every pod and every try; may be empty
record Obstacle(Reason reason, String words) {
    /// A container that has crashed this often and is not ready is not merely starting.
    private static final int CRASHES = 3;

    /// Disruptions by which a node is lost. An eviction or a preemption is somebody's will.
    private static final Set<String> LOSSES =
            Set.of("DeletionByTaintManager", "DeletionByPodGC", "TerminationByKubelet");

    private static final String NODE_LOST = "NodeLost";

    /// The gravest first: a lost node, a broken device, a container that can't run.
    static Optional<Obstacle> of(Pod pod, boolean ready) {
        return lostNode(pod)
                .or(() ->
                        PodReader.container(pod)
                                .flatMap(status -> ofContainer(status, pod, ready)));
    }

    private static Optional<Obstacle> ofContainer(ContainerStatus status, Pod pod, boolean ready) {
        var name = pod.getMetadata().getName();
        return brokenDevice(status, name)
                .or(() -> waiting(status, name))
                .or(() ->
                        !ready && status.getRestartCount() >= CRASHES
                                ? Optional.of(crash(status, name))
                                : Optional.empty());
    }

    private static Optional<Obstacle> lostNode(Pod pod) {
        var name = pod.getMetadata().getName();
        var disruption =
                PodReader.condition(pod, "DisruptionTarget")
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .filter(condition -> LOSSES.contains(text(condition.getReason())));
        var unready =
                PodReader.condition(pod, "Ready")
                        .filter(condition -> NODE_LOST.equals(condition.getReason()));
        var ofPod =
                Optional.of(pod.getStatus())
                        .filter(status -> NODE_LOST.equals(status.getReason()))
                        .map(status -> text(status.getMessage()));
        return ofPod.or(() ->
                        disruption.or(() -> unready).map(condition -> text(condition.getMessage())))
                .map(message -> new Obstacle(Reason.NODE_LOST, StableText.of(message, name)));
    }

    /// Kubernetes 1.31 and later tell the health of devices, where their plug-in does.
    private static Optional<Obstacle> brokenDevice(ContainerStatus status, String pod) {
        return Objects.requireNonNullElse(
                        status.getAllocatedResourcesStatus(), List.<ResourceStatus>of())
                .stream()
                .flatMap(resource ->
                        resource.getResources().stream()
                                .filter(device -> "Unhealthy".equals(device.getHealth()))
                                .map(device ->
                                        Stream.of(resource.getName(), device.getMessage())
                                                .filter(Objects::nonNull)
                                                .reduce((name, why) -> name + ": " + why)
                                                .orElse("")))
                .map(words -> new Obstacle(Reason.DEVICE_UNHEALTHY, StableText.of(words, pod)))
                .findFirst();
    }

    private static Optional<Obstacle> waiting(ContainerStatus status, String pod) {
        return Optional.ofNullable(status.getState())
                .map(ContainerState::getWaiting)
                .flatMap(waiting ->
                        reason(waiting)
                                .map(reason ->
                                        reason == Reason.CONTAINER_CRASHING
                                                ? crash(status, pod)
                                                : new Obstacle(
                                                        reason,
                                                        StableText.of(
                                                                text(waiting.getMessage()), pod))));
    }

    private static Optional<Reason> reason(ContainerStateWaiting waiting) {
        return switch (text(waiting.getReason())) {
            case "ErrImagePull",
                    "ImagePullBackOff",
                    "ErrImageNeverPull",
                    "InvalidImageName",
                    "ErrImageInspect",
                    "RegistryUnavailable" ->
                    Optional.of(Reason.IMAGE_UNAVAILABLE);
            case "CrashLoopBackOff" -> Optional.of(Reason.CONTAINER_CRASHING);
            case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                    Optional.of(Reason.CONTAINER_MISCONFIGURED);
            default -> Optional.empty();
        };
    }

    private static Obstacle crash(ContainerStatus status, String pod) {
        var words =
                Stream.of(status.getState(), status.getLastState())
                        .filter(Objects::nonNull)
                        .map(ContainerState::getTerminated)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .map(end -> words(end, pod))
                        .orElse("");
        return new Obstacle(Reason.CONTAINER_CRASHING, words);
    }

    private static String words(ContainerStateTerminated end, String pod) {
        var exit = "exit code " + end.getExitCode();
        var reason = text(end.getReason());
        var named =
                reason.isEmpty() || reason.equals("Error") || reason.equals("Completed")
                        ? exit
                        : "%s (%s)".formatted(exit, reason);
        var message = StableText.of(text(end.getMessage()), pod);
        return message.isEmpty() ? named : named + ": " + message;
    }

    private static String text(@Nullable String value) {
        return Objects.requireNonNullElse(value, "");
    }
}
