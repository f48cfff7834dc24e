package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Fleet;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Scaling;
import dev.facefusion.operator.decide.Buckets;
import dev.facefusion.operator.decide.Decision;
import dev.facefusion.operator.decide.DeploymentSnapshot;
import dev.facefusion.operator.decide.FleetLoad;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.PodHealth;
import dev.facefusion.operator.desired.Labels;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The new status, from the old one and a decision. A fleet at rest has the same status for ever:
/// figures are in buckets, times move only with what they time, and a change of nothing but figures
/// waits until the last write is `FIGURES_EVERY` old.
///
/// @param status equal to the old one where there is nothing to write
/// @param heldFor until figures that are held back may be written
record StatusReport(FaceFusionClusterStatus status, Optional<Duration> heldFor) {
    private static final Duration FIGURES_EVERY = Duration.ofSeconds(60);
    private static final int PODS_LISTED = 10;
    private static final Fleet NO_FIGURES = new Fleet(null, null, null, null);
    private static final Set<String> NEED_REPORTS =
            Set.of(Conditions.HEALTH_DATA_FRESH, Conditions.ACCELERATOR_ACTIVE);

    /// The status as it stands.
    ///
    /// @param written when the operator last wrote it; the epoch before the first time
    record Before(String cluster, FaceFusionClusterStatus status, Instant written) {
        /// What was decided last; before the first time what was asked for last.
        Optional<Integer> replicas() {
            return Optional.ofNullable(status.scaling())
                    .map(FaceFusionClusterStatus.Scaling::desiredReplicas)
                    .or(() -> Optional.ofNullable(status.desiredReplicas()));
        }

        static final FaceFusionClusterStatus NOTHING =
                new FaceFusionClusterStatus(
                        null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null);
    }

    static StatusReport of(
            Before before, FleetSnapshot seen, Decision decision, List<Finding> findings) {
        var old = before.status();
        // Pods that were not asked yet, after a restart of the operator, must not blank what is
        // known.
        boolean awaiting = !decision.seenAll() && old.observedGeneration() != null;
        var current =
                findings.stream()
                        .filter(finding -> !(awaiting && NEED_REPORTS.contains(finding.type())))
                        .toList();
        var fleet = awaiting ? old.fleet() : fleet(decision.load(), old.fleet());
        var complaints = RemediationReport.unhealthy(seen, decision, old);
        var status =
                new FaceFusionClusterStatus(
                        seen.generation(),
                        selector(before.cluster()),
                        seen.desiredReplicas(),
                        seen.deployment().map(DeploymentSnapshot::replicas).orElse(0),
                        decision.serving(),
                        seen.deployment().map(DeploymentSnapshot::updated).orElse(0),
                        draining(decision),
                        seen.proceedings().quarantined().size(),
                        count(decision, PodHealth.Unknown.class),
                        fleet,
                        ScalingReport.of(decision.scaling(), seen, old.scaling()),
                        RemediationReport.remediation(decision.plan()),
                        complaints.isEmpty()
                                ? null
                                : complaints.stream().limit(PODS_LISTED).toList(),
                        complaints.size() > PODS_LISTED ? complaints.size() - PODS_LISTED : null,
                        ConditionList.merge(
                                old.conditions(), current, seen.generation(), seen.now()));
        return paced(before, status, seen.now());
    }

    /// The status when the loop itself has failed: what was known stays.
    static FaceFusionClusterStatus failed(
            FaceFusionClusterStatus old, List<Finding> findings, long generation, Instant now) {
        return with(
                old,
                old.fleet(),
                old.scaling(),
                ConditionList.merge(old.conditions(), findings, generation, now));
    }

    private static StatusReport paced(Before before, FaceFusionClusterStatus status, Instant now) {
        var old = before.status();
        var due = before.written().plus(FIGURES_EVERY);
        boolean onlyFigures =
                !status.equals(old)
                        && ScalingReport.sameNumber(status.scaling(), old.scaling())
                        && with(status, old.fleet(), old.scaling(), status.conditions())
                                .equals(old);
        return onlyFigures && now.isBefore(due)
                ? new StatusReport(old, Optional.of(Duration.between(now, due)))
                : new StatusReport(status, Optional.empty());
    }

    private static FaceFusionClusterStatus with(
            FaceFusionClusterStatus status,
            @Nullable Fleet fleet,
            @Nullable Scaling scaling,
            @Nullable List<Condition> conditions) {
        return new FaceFusionClusterStatus(
                status.observedGeneration(),
                status.selector(),
                status.desiredReplicas(),
                status.replicas(),
                status.readyReplicas(),
                status.updatedReplicas(),
                status.drainingReplicas(),
                status.quarantinedReplicas(),
                status.unknownReplicas(),
                fleet,
                scaling,
                status.remediation(),
                status.unhealthyPods(),
                status.unhealthyPodsOmitted(),
                conditions);
    }

    private static String selector(String cluster) {
        return Labels.selector(cluster).entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }

    /// By their own word, or because they are out of the Service.
    private static int draining(Decision decision) {
        return Math.toIntExact(
                decision.verdicts().stream()
                        .filter(verdict ->
                                verdict.health() instanceof PodHealth.Draining
                                        || !verdict.pod().custody().inService())
                        .count());
    }

    private static int count(Decision decision, Class<? extends PodHealth> health) {
        return Math.toIntExact(
                decision.verdicts().stream()
                        .filter(verdict -> health.isInstance(verdict.health()))
                        .count());
    }

    private static @Nullable Fleet fleet(FleetLoad load, @Nullable Fleet shown) {
        var last = requireNonNullElse(shown, NO_FIGURES);
        var fleet =
                new Fleet(
                        boxed(load.gpus()),
                        percent(load.vramUsedPercentMax(), last.vramUsedPercentMax()),
                        series(load.queuedTasks(), last.queuedTasks()),
                        series(load.inferenceP95Milliseconds(), last.inferenceMillisecondsP95()));
        return fleet.equals(NO_FIGURES) ? null : fleet;
    }

    private static @Nullable Integer boxed(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    private static @Nullable Integer percent(OptionalInt value, @Nullable Integer shown) {
        return value.isPresent() ? Buckets.percent(value.getAsInt(), optional(shown)) : null;
    }

    private static @Nullable Integer series(OptionalInt value, @Nullable Integer shown) {
        return value.isPresent() ? Buckets.series(value.getAsInt(), optional(shown)) : null;
    }

    private static OptionalInt optional(@Nullable Integer shown) {
        return shown == null ? OptionalInt.empty() : OptionalInt.of(shown);
    }
}
