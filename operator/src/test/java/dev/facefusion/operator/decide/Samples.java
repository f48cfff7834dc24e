package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.HealthPolicy.Fallback;
import dev.facefusion.operator.decide.HealthPolicy.GpuMemory;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.remediation.Budget;
import dev.facefusion.operator.decide.remediation.RemediationPolicy;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Drain;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.OnTimeout;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.RepeatOffender;
import dev.facefusion.operator.decide.remediation.Rung;
import dev.facefusion.operator.decide.remediation.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Values to start test cases from: a fleet at rest, and what deviates from it.
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /// The API's defaults.
    public static final HealthPolicy POLICY = policy(GpuMemory.OWN);

    public static final RemediationPolicy REMEDIATION =
            new RemediationPolicy(
                    RemediationPolicy.Mode.ENFORCE,
                    new Budget.Count(1),
                    50,
                    Duration.ofMinutes(5),
                    List.of(
                            new Rung(Step.SELF_RESTART, Duration.ofMinutes(5)),
                            new Rung(Step.REPLACE, Duration.ofMinutes(15)),
                            new Rung(Step.AVOID_NODE, Duration.ofMinutes(15)),
                            new Rung(Step.QUARANTINE, Duration.ofMinutes(15))),
                    new RepeatOffender(3, Duration.ofDays(1)),
                    Duration.ofHours(1),
                    new Drain(Duration.ofMinutes(2), OnTimeout.GO_ON),
                    Duration.ofMinutes(10),
                    Duration.ofSeconds(10));
    public static final Policies POLICIES = new Policies(POLICY, REMEDIATION, Optional.empty());

    private Samples() {}

    public static HealthPolicy policy(GpuMemory gpuMemory) {
        return new HealthPolicy(
                new Thresholds(3, 2),
                new Timeouts(
                        Duration.ofMinutes(20), Duration.ofSeconds(120), Duration.ofSeconds(35)),
                Fallback.REMEDIATE,
                new Latency(2000, Duration.ofSeconds(120), Remedy.REPORT),
                gpuMemory,
                new Vram(90, 85, Duration.ofSeconds(60)),
                new VramTrend(VramTrend.Mode.OBSERVE, Duration.ofHours(1), Duration.ofMinutes(30)));
    }

    public static HealthReport report() {
        return report(State.HEALTHY, Models.LOADED, Accelerator.AS_REQUESTED);
    }

    public static HealthReport report(State state, Models models) {
        return report(state, models, Accelerator.AS_REQUESTED);
    }

    public static HealthReport report(Accelerator accelerator) {
        return report(State.HEALTHY, Models.LOADED, accelerator);
    }

    public static HealthReport report(State state, Models models, Accelerator accelerator) {
        return report(state, models, accelerator, 4);
    }

    /// A report of a pod that has this many tasks waiting.
    public static HealthReport queueing(int tasks) {
        return report(State.HEALTHY, Models.LOADED, Accelerator.AS_REQUESTED, tasks);
    }

    /// A report of a pod that drains and has nothing left to do.
    public static HealthReport drained() {
        return report(State.DRAINING, Models.LOADED, Accelerator.AS_REQUESTED, 0);
    }

    /// A report of a pod with a task in flight that has not moved for so long.
    public static HealthReport busy(int secondsSinceProgress) {
        var tasks =
                new Tasks(
                        OptionalInt.of(1),
                        OptionalInt.of(4),
                        OptionalLong.of(57),
                        OptionalInt.of(secondsSinceProgress));
        return report(State.HEALTHY, Models.LOADED, Accelerator.AS_REQUESTED, tasks, 480, gpu(62));
    }

    /// A report of a pod with that latency, in milliseconds.
    public static HealthReport latency(int p95) {
        return report(
                State.HEALTHY, Models.LOADED, Accelerator.AS_REQUESTED, tasks(4), p95, gpu(62));
    }

    /// A report of a pod with that much of its GPU's memory used.
    public static HealthReport memory(int percent) {
        return memory(gpu(percent));
    }

    public static HealthReport memory(Gpu gpu) {
        return report(State.HEALTHY, Models.LOADED, Accelerator.AS_REQUESTED, tasks(4), 480, gpu);
    }

    /// A GPU of 10000 MiB.
    public static Gpu gpu(int usedPercent) {
        return new Gpu(
                Optional.of("GPU-1"),
                OptionalInt.of(usedPercent * 100),
                OptionalInt.of(10000),
                OptionalInt.empty(),
                false);
    }

    private static Tasks tasks(int queued) {
        return new Tasks(
                OptionalInt.of(0), OptionalInt.of(queued), OptionalLong.of(57), OptionalInt.of(3));
    }

    private static HealthReport report(
            State state, Models models, Accelerator accelerator, int queued) {
        return report(state, models, accelerator, tasks(queued), 480, gpu(62));
    }

    private static HealthReport report(
            State state,
            Models models,
            Accelerator accelerator,
            Tasks tasks,
            int inferenceP95,
            Gpu gpu) {
        return new HealthReport(
                state,
                models,
                accelerator,
                tasks,
                OptionalInt.of(300),
                OptionalInt.of(inferenceP95),
                List.of(gpu),
                OptionalInt.of(0),
                Optional.of("instance-1"),
                Optional.of("digest-1"));
    }

    /// A track that has just had these polls.
    public static HealthTrack track(Poll... polls) {
        var track = HealthTrack.begin(NOW);
        for (var poll : polls) {
            track = track.after(poll, NOW, POLICY);
        }
        return track;
    }

    public static HealthTrack well() {
        return track(new Poll.Answered(report()));
    }

    public static HealthTrack hanging() {
        return track(new Poll.ReadTimedOut(), new Poll.ReadTimedOut(), new Poll.ReadTimedOut());
    }

    public static HealthTrack dark() {
        return track(
                new Poll.ConnectTimedOut(), new Poll.ConnectTimedOut(), new Poll.ConnectTimedOut());
    }

    public static PodSnapshot pod(String name, HealthTrack track) {
        return pod(name, true, Optional.of(track));
    }

    public static PodSnapshot pod(String name, boolean ready, Optional<HealthTrack> track) {
        return pod(name, ready, Optional.empty(), track);
    }

    /// A pod of which the status says this.
    public static PodSnapshot complained(String name, Reason reason, HealthTrack track) {
        return pod(name, true, Optional.of(new Complaint(reason, NOW)), Optional.of(track));
    }

    private static PodSnapshot pod(
            String name,
            boolean ready,
            Optional<Complaint> complaint,
            Optional<HealthTrack> track) {
        return new PodSnapshot(
                ref(name, "node-1"),
                Custody.IN_SERVICE,
                ready,
                false,
                Optional.empty(),
                NOW.minus(Duration.ofMinutes(1)),
                Optional.empty(),
                Optional.empty(),
                "",
                complaint,
                track);
    }

    public static PodRef ref(String name, String node) {
        return new PodRef(name, name + "-uid", node, "10.0.0.1", 0);
    }

    /// A pod that the scheduler finds no node for.
    public static PodSnapshot unschedulable(String name, Duration since) {
        return new PodSnapshot(
                ref(name, ""),
                Custody.IN_SERVICE,
                false,
                false,
                Optional.empty(),
                NOW.minus(since),
                Optional.empty(),
                Optional.of(NOW.minus(since)),
                "Insufficient nvidia.com/gpu",
                Optional.empty(),
                Optional.empty());
    }

    /// A pod whose container can't run.
    public static PodSnapshot obstructed(String name, Reason obstacle) {
        return new PodSnapshot(
                ref(name, "node-1"),
                Custody.IN_SERVICE,
                false,
                false,
                Optional.empty(),
                NOW.minus(Duration.ofMinutes(1)),
                Optional.of(obstacle),
                Optional.empty(),
                "exit code 137 (OOMKilled)",
                Optional.empty(),
                Optional.empty());
    }

    /// A pod whose deletion has begun.
    ///
    /// @param overdue how long it should have been gone; negative while it has time
    public static PodSnapshot leaving(String name, Duration overdue) {
        return new PodSnapshot(
                ref(name, "node-1"),
                Custody.IN_SERVICE,
                false,
                true,
                Optional.of(NOW.minus(overdue)),
                NOW.minus(Duration.ofMinutes(1)),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty(),
                Optional.empty());
    }

    public static DeploymentSnapshot deployment(int replicas, int updated, int ready) {
        return new DeploymentSnapshot(true, true, false, replicas, updated, ready, false, false);
    }

    /// A fleet whose spec was rolled out and reported before.
    public static FleetSnapshot fleet(
            int desired, DeploymentSnapshot deployment, PodSnapshot... pods) {
        return fleet(desired, Optional.of(reported(false)), Set.of(), deployment, pods);
    }

    public static FleetSnapshot.Reported reported(boolean reconciling) {
        return new FleetSnapshot.Reported(1, reconciling);
    }

    public static FleetSnapshot fleet(
            int desired,
            Optional<FleetSnapshot.Reported> reported,
            Set<Part> outdated,
            DeploymentSnapshot deployment,
            PodSnapshot... pods) {
        return new FleetSnapshot(
                NOW,
                1,
                desired,
                reported,
                outdated,
                Optional.of(deployment),
                List.of(pods),
                Update.PLAIN,
                Proceedings.NONE);
    }

    /// Two pods that serve.
    public static FleetSnapshot atRest() {
        return fleet(2, deployment(2, 2, 2), pod("a", well()), pod("b", well()));
    }
}
