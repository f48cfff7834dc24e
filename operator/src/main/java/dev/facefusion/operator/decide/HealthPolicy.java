package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Draining;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodHealth.Serving;
import dev.facefusion.operator.decide.PodHealth.Starting;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import dev.facefusion.operator.decide.PodHealth.Unseen;
import dev.facefusion.operator.decide.Standing.Bad;
import dev.facefusion.operator.decide.Standing.Good;
import dev.facefusion.operator.decide.Standing.Refusing;
import dev.facefusion.operator.decide.Standing.Silent;
import dev.facefusion.operator.decide.Standing.Unproven;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a pod's evidence becomes a verdict. In order, the first that holds:
///
/// 1. its deletion has begun: draining, and overdue where it takes too long
/// 2. Kubernetes says that it can't run, or that no node takes it: faulty
/// 3. its last poll is older than `timeouts.stale`: unknown
/// 4. what its polls amount to, except that a container that has never been up may take until
///    `timeouts.startup` to come up and load its models
/// 5. what its reports show over time: ailing, with a treatment before a mere report. Where the
///    status says the same already, it need not show for long
///
/// @param fallback what a pod on another execution provider than the one asked for calls for
/// @param gpuMemory whose the GPU memory is that the pods report
public record HealthPolicy(
        Thresholds thresholds,
        Timeouts timeouts,
        Fallback fallback,
        Latency latency,
        GpuMemory gpuMemory,
        Vram vram,
        VramTrend vramTrend) {

    /// What a pod on another execution provider than the one asked for calls for.
    public enum Fallback {
        REMEDIATE,
        REPORT,
        IGNORE
    }

    /// Shared memory is filled by strangers too: it says nothing of the pod.
    public enum GpuMemory {
        OWN,
        SHARED
    }

    /// The scheduler says "unschedulable" of any pod that arrives before its volume or node.
    static final Duration SCHEDULING_GRACE = Duration.ofSeconds(30);

    /// The kubelet kills at the end of the grace period, and then cleans up.
    static final Duration TERMINATION_SLACK = Duration.ofSeconds(60);

    PodVerdict judge(PodSnapshot pod, Instant now) {
        if (pod.leaving()) {
            return leaving(pod, now);
        }
        if (pod.obstacle().isPresent()) {
            return PodVerdict.of(pod, new Faulty(pod.obstacle().get()));
        }
        if (pod.unschedulableSince().isPresent()) {
            return unschedulable(pod, pod.unschedulableSince().get(), now);
        }
        return pod.track().map(track -> judge(pod, track, now)).orElseGet(() -> starting(pod, now));
    }

    /// A node that does not answer never says that its pod is gone.
    private static PodVerdict leaving(PodSnapshot pod, Instant now) {
        var stuck =
                pod.obstacle()
                        .filter(Reason.NODE_LOST::equals)
                        .or(() -> Optional.of(Reason.TERMINATION_STUCK));
        return pod.goneBy()
                .map(goneBy ->
                        until(
                                goneBy.plus(TERMINATION_SLACK),
                                now,
                                pod,
                                new Draining(),
                                new Draining(stuck)))
                .orElseGet(() -> PodVerdict.of(pod, new Draining()));
    }

    private PodVerdict judge(PodSnapshot pod, HealthTrack track, Instant now) {
        if (now.isAfter(track.lastPolled().plus(timeouts.stale()))) {
            return PodVerdict.of(pod, new Unknown());
        }
        boolean everUp = track.answered() || pod.ready();
        return switch (track.standing()) {
            case Unproven _ when pod.ready() -> PodVerdict.of(pod, unseen(pod));
            case Unproven _ -> starting(pod, now);
            case Good _ -> answering(pod, track, now);
            case Refusing _ when everUp ->
                    PodVerdict.of(pod, new Faulty(Reason.HEALTH_UNREACHABLE));
            case Refusing _ -> starting(pod, now);
            case Silent _ when everUp -> PodVerdict.of(pod, new Unknown());
            case Silent _ -> starting(pod, now);
            case Bad(var reason) -> PodVerdict.of(pod, new Faulty(reason));
        };
    }

    /// A new operator has no polls yet: what the last one reported stands meanwhile.
    private PodHealth unseen(PodSnapshot pod) {
        return pod.complaint().map(Complaint::reason).map(this::reported).orElseGet(Unseen::new);
    }

    private PodHealth reported(Reason reason) {
        return switch (reason) {
            case HEALTH_UNKNOWN -> new Unknown();
            case VRAM_LEAK_PREDICTED, VRAM_PRESSURE, SLOW_INFERENCE ->
                    new Ailing(reason, Remedy.REPORT);
            case ACCELERATOR_FALLBACK ->
                    switch (fallback) {
                        case REMEDIATE -> new Faulty(reason);
                        case REPORT -> new Ailing(reason, Remedy.REPORT);
                        case IGNORE -> new Unseen();
                    };
            default -> new Faulty(reason);
        };
    }

    private PodVerdict answering(PodSnapshot pod, HealthTrack track, Instant now) {
        var report = track.lastReport().orElseThrow();
        if (report.state() == State.DRAINING) {
            return PodVerdict.of(pod, new Draining());
        }
        // The kubelet may have seen it loaded after our last poll.
        return report.models() == Models.NOT_LOADED && !pod.ready()
                ? starting(pod, now)
                : PodVerdict.of(pod, serving(pod, track, report, now));
    }

    private PodHealth serving(
            PodSnapshot pod, HealthTrack track, HealthReport report, Instant now) {
        if (now.isAfter(track.reportedAt().plus(timeouts.stale()))) {
            return new Serving();
        }
        var ailments = ailments(pod, track, report);
        return Stream.concat(
                        ailments.stream().filter(ailing -> ailing.remedy() == Remedy.TREAT),
                        ailments.stream())
                .<PodHealth>map(ailing -> ailing)
                .findFirst()
                .orElseGet(Serving::new);
    }

    /// In the order of what matters most. A new operator has not watched for long, but the one
    /// before it has.
    private List<Ailing> ailments(PodSnapshot pod, HealthTrack track, HealthReport report) {
        var ailments = new ArrayList<Ailing>();
        if (track.leaking()) {
            boolean enforce = vramTrend.mode() == VramTrend.Mode.ENFORCE;
            ailments.add(new Ailing(Reason.VRAM_LEAK_PREDICTED, remedy(enforce)));
        }
        if (track.pressed() || (track.pressing() && pod.complainedOf(Reason.VRAM_PRESSURE))) {
            ailments.add(new Ailing(Reason.VRAM_PRESSURE, remedy(track.swelling())));
        }
        if (report.accelerator() == Accelerator.FALLBACK && fallback == Fallback.REPORT) {
            ailments.add(new Ailing(Reason.ACCELERATOR_FALLBACK, Remedy.REPORT));
        }
        if (track.slow() || (track.slowing() && pod.complainedOf(Reason.SLOW_INFERENCE))) {
            ailments.add(
                    new Ailing(
                            Reason.SLOW_INFERENCE,
                            track.slow() ? latency.remedy() : Remedy.REPORT));
        }
        return ailments;
    }

    private static Remedy remedy(boolean treat) {
        return treat ? Remedy.TREAT : Remedy.REPORT;
    }

    private PodVerdict starting(PodSnapshot pod, Instant now) {
        return until(
                pod.startedAt().plus(timeouts.startup()),
                now,
                pod,
                new Faulty(Reason.STARTUP_TIMEOUT));
    }

    private static PodVerdict unschedulable(PodSnapshot pod, Instant since, Instant now) {
        return until(since.plus(SCHEDULING_GRACE), now, pod, new Faulty(Reason.UNSCHEDULABLE));
    }

    private static PodVerdict until(
            Instant deadline, Instant now, PodSnapshot pod, PodHealth afterwards) {
        return until(deadline, now, pod, new Starting(), afterwards);
    }

    private static PodVerdict until(
            Instant deadline,
            Instant now,
            PodSnapshot pod,
            PodHealth before,
            PodHealth afterwards) {
        return now.isBefore(deadline)
                ? new PodVerdict(pod, before, Optional.of(deadline))
                : PodVerdict.of(pod, afterwards);
    }
}
