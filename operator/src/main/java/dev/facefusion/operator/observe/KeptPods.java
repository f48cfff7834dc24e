package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.AvoidedNode;
import dev.facefusion.operator.decide.QuarantinedPod;
import dev.facefusion.operator.desired.Annotations;
import dev.facefusion.operator.desired.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Reads the pods of a cluster that are no replicas: those in quarantine, and placeholders.
final class KeptPods {
    private KeptPods() {}

    static Optional<QuarantinedPod> quarantined(Pod pod) {
        if (!named(pod, Labels.QUARANTINED)) {
            return Optional.empty();
        }
        var annotations = annotations(pod);
        return Optional.of(
                new QuarantinedPod(
                        PodReader.ref(pod),
                        time(pod, Annotations.QUARANTINED_AT),
                        annotations.getOrDefault(Annotations.QUARANTINE, ""),
                        annotations.containsKey(Annotations.QUARANTINE),
                        pod.getMetadata().getDeletionTimestamp() != null));
    }

    static Optional<AvoidedNode> avoided(Pod pod) {
        return named(pod, Labels.PLACEHOLDER) && pod.getMetadata().getDeletionTimestamp() == null
                ? Optional.of(
                        new AvoidedNode(PodReader.ref(pod), time(pod, Annotations.AVOID_UNTIL)))
                : Optional.empty();
    }

    private static boolean named(Pod pod, String name) {
        return name.equals(pod.getMetadata().getLabels().get(Labels.NAME));
    }

    /// The pod's creation where the annotation is missing or spoilt by hand.
    private static Instant time(Pod pod, String annotation) {
        return Optional.ofNullable(annotations(pod).get(annotation))
                .flatMap(KeptPods::parsed)
                .orElseGet(() -> Instant.parse(pod.getMetadata().getCreationTimestamp()));
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> annotations(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.of());
    }
}
