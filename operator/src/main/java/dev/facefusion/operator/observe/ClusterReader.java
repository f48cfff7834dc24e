package dev.facefusion.operator.observe;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.decide.Complaint;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.FleetSnapshot.Reported;
import dev.facefusion.operator.decide.Part;
import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.desired.Annotations;
import dev.facefusion.operator.desired.Fingerprint;
import dev.facefusion.operator.desired.Workload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Gathers what the informers and the polls know of one cluster into a snapshot, and keeps the
/// polls going for exactly the pods that exist. Never asks the API server or a pod itself.
public final class ClusterReader {
    private final HealthPoller poller;
    private final Clock clock;

    public ClusterReader(HealthPoller poller, Clock clock) {
        this.poller = poller;
        this.clock = clock;
    }

    public FleetSnapshot read(
            FaceFusionCluster cluster,
            Workload desired,
            LiveObjects live,
            PollSettings polling,
            Map<String, Instant> refusals) {
        var pods =
                live.pods().stream().filter(PodReader::alive).filter(PodReader::replica).toList();
        poller.watch(
                ClusterId.of(cluster),
                pods.stream().flatMap(pod -> PodReader.target(pod).stream()).toList(),
                polling);
        return new FleetSnapshot(
                clock.instant(),
                cluster.getMetadata().getGeneration(),
                desired.deployment().getSpec().getReplicas(),
                reported(cluster),
                outdated(desired, live),
                live.deployment().map(DeploymentReader::read),
                snapshots(pods, Recorded.complaints(cluster)),
                proceedings(cluster, live, refusals));
    }

    private List<PodSnapshot> snapshots(List<Pod> pods, Map<String, Complaint> complaints) {
        return pods.stream()
                .map(pod -> snapshot(pod, complaints))
                .sorted(Comparator.comparing(PodSnapshot::name))
                .toList();
    }

    private PodSnapshot snapshot(Pod pod, Map<String, Complaint> complaints) {
        return PodReader.read(
                pod,
                Optional.ofNullable(complaints.get(pod.getMetadata().getName())),
                poller.track(PodReader.instance(pod)));
    }

    private static Proceedings proceedings(
            FaceFusionCluster cluster, LiveObjects live, Map<String, Instant> refusals) {
        return new Proceedings(
                paused(cluster),
                Recorded.ledger(cluster),
                live.pods().stream().flatMap(pod -> KeptPods.quarantined(pod).stream()).toList(),
                live.pods().stream().flatMap(pod -> KeptPods.avoided(pod).stream()).toList(),
                refusals);
    }

    private static boolean paused(FaceFusionCluster cluster) {
        return Objects.requireNonNullElse(
                        cluster.getMetadata().getAnnotations(), Map.<String, String>of())
                .getOrDefault(Annotations.PAUSED, "")
                .equals("true");
    }

    private static Set<Part> outdated(Workload desired, LiveObjects live) {
        return Stream.of(Part.values())
                .filter(part ->
                        live.part(part)
                                .filter(object -> Fingerprint.matches(object, desired.part(part)))
                                .isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Reported> reported(FaceFusionCluster cluster) {
        var status = cluster.getStatus();
        if (status == null || status.observedGeneration() == null) {
            return Optional.empty();
        }
        boolean reconciling =
                Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                        .filter(condition -> Conditions.RECONCILING.equals(condition.getType()))
                        .anyMatch(condition -> "True".equals(condition.getStatus()));
        return Optional.of(new Reported(status.observedGeneration(), reconciling));
    }
}
