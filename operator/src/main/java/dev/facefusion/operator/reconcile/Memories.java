package dev.facefusion.operator.reconcile;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.decide.scaling.ScalingMemory;
import dev.facefusion.operator.decide.scaling.ScalingResult;
import dev.facefusion.operator.observe.Remembered;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What this operator remembers of each cluster between two looks at it. It dies with the operator:
/// the next one begins with what the status says, and is the more careful for it.
final class Memories {
    private final Map<String, ScalingMemory> scaling = new ConcurrentHashMap<>();
    private final Refusals refusals;
    private final Clock clock;

    Memories(Refusals refusals, Clock clock) {
        this.refusals = refusals;
        this.clock = clock;
    }

    /// @param replicas wanted now
    Remembered of(FaceFusionCluster cluster, int replicas) {
        var begin = ScalingMemory.begin(clock.instant(), replicas, lastScaled(cluster));
        return new Remembered(
                refusals.all(),
                Optional.of(scaling.getOrDefault(cluster.getMetadata().getUid(), begin)));
    }

    void keep(FaceFusionCluster cluster, Optional<ScalingResult> result) {
        var uid = cluster.getMetadata().getUid();
        result.ifPresentOrElse(
                decided -> scaling.put(uid, decided.memory()), () -> scaling.remove(uid));
    }

    private static Optional<Instant> lastScaled(FaceFusionCluster cluster) {
        return Optional.ofNullable(StatusWriter.before(cluster).status().scaling())
                .flatMap(decided -> Optional.ofNullable(decided.lastScaleTime()))
                .map(Instant::parse);
    }
}
