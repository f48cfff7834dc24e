package dev.facefusion.operator.observe;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.decide.Complaint;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.FleetSnapshot.Reported;
import dev.facefusion.operator.decide.LiveRevision;
import dev.facefusion.operator.decide.Part;
import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.decide.Update;
import dev.facefusion.operator.desired.Fingerprint;
import dev.facefusion.operator.desired.Workload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
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

    /// The revision that runs; empty before the first.
    public static Optional<LiveRevision> revision(LiveObjects live) {
        return live.deployment()
                .map(deployment -> DeploymentReader.revision(deployment, live.pods()));
    }

    /// Whether an operator has carried out this very spec before.
    public static boolean seen(FaceFusionCluster cluster) {
        return reported(cluster)
                .filter(reported -> reported.generation() == cluster.getMetadata().getGeneration())
                .isPresent();
    }

    /// The fleet as it stands beside what is asked.
    ///
    /// @param update how the workload was made
    public FleetSnapshot read(
            FaceFusionCluster cluster,
            Workload desired,
            Update update,
            LiveObjects live,
            PollSettings polling,
            Remembered remembered) {
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
                live.deployment()
                        .map(deployment -> DeploymentReader.read(deployment, desired.deployment())),
                snapshots(pods, Recorded.complaints(cluster)),
                update,
                proceedings(cluster, live, remembered));
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
            FaceFusionCluster cluster, LiveObjects live, Remembered remembered) {
        return new Proceedings(
                Recorded.ledger(cluster),
                live.pods().stream().flatMap(pod -> KeptPods.quarantined(pod).stream()).toList(),
                live.pods().stream().flatMap(pod -> KeptPods.avoided(pod).stream()).toList(),
                remembered.refusals(),
                remembered.scaling());
    }

    private static Set<Part> outdated(Workload desired, LiveObjects live) {
        return Stream.of(Part.values())
                .filter(part -> !asAsked(live.part(part), desired.part(part)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean asAsked(
            Optional<? extends HasMetadata> live, Optional<? extends HasMetadata> desired) {
        if (live.isEmpty() || desired.isEmpty()) {
            return live.isEmpty() && desired.isEmpty();
        }
        return Fingerprint.matches(live.get(), desired.get());
    }

    private static Optional<Reported> reported(FaceFusionCluster cluster) {
        var status = cluster.getStatus();
        if (status == null
                || status.observedGeneration() == null
                || status.observedGeneration() == FaceFusionCluster.UNOBSERVED) {
            return Optional.empty();
        }
        boolean reconciling =
                Objects.requireNonNullElse(status.conditions(), List.<Condition>of()).stream()
                        .filter(condition -> Conditions.RECONCILING.equals(condition.getType()))
                        .anyMatch(condition -> "True".equals(condition.getStatus()));
        return Optional.of(new Reported(status.observedGeneration(), reconciling));
    }
}
