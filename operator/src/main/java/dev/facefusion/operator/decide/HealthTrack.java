package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.HealthPolicy.Fallback;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.Poll.Answered;
import dev.facefusion.operator.decide.Poll.ConnectTimedOut;
import dev.facefusion.operator.decide.Poll.Failed;
import dev.facefusion.operator.decide.Poll.ReadTimedOut;
import dev.facefusion.operator.decide.Poll.Refused;
import dev.facefusion.operator.decide.Poll.Unreadable;
import dev.facefusion.operator.decide.Standing.Bad;
import dev.facefusion.operator.decide.Standing.Good;
import dev.facefusion.operator.decide.Standing.Refusing;
import dev.facefusion.operator.decide.Standing.Silent;
import dev.facefusion.operator.decide.Standing.Unproven;
import java.time.Instant;
import java.util.Optional;

/// The polls of one container instance so far, folded into a standing by hysteresis.
///
/// A report is evidence by itself and counts at once. The lack of one counts after
/// `thresholds.failures` polls in a row, and a bad standing clears after `thresholds.successes`
/// good reports in a row. Polls that can't connect say nothing of the pod: they never make it bad.
///
/// @param lastPolled when the last poll ended; the beginning of the track before the first
/// @param answered whether this container has ever sent a report
/// @param lastReport the newest report
/// @param reportedAt when that came
/// @param signs what the reports show over time
public record HealthTrack(
        Instant lastPolled,
        Standing standing,
        boolean answered,
        int failures,
        int silences,
        int successes,
        Optional<HealthReport> lastReport,
        Instant reportedAt,
        Signs signs) {

    /// A track without polls.
    public static HealthTrack begin(Instant at) {
        return new HealthTrack(
                at, new Unproven(), false, 0, 0, 0, Optional.empty(), at, Signs.NONE);
    }

    /// This track with one more poll.
    public HealthTrack after(Poll poll, Instant at, HealthPolicy policy) {
        return switch (poll) {
            case Answered(var report) ->
                    fault(report, policy)
                            .map(reason -> faulty(report, at, policy, reason))
                            .orElseGet(() -> good(report, at, policy));
            case Refused _ -> failed(at, policy, new Refusing());
            case ReadTimedOut _, Failed _ -> failed(at, policy, new Bad(Reason.HEALTH_UNREACHABLE));
            case Unreadable _ -> failed(at, policy, new Bad(Reason.HEALTH_UNREADABLE));
            case ConnectTimedOut _ -> silent(at, policy);
        };
    }

    private static Optional<Reason> fault(HealthReport report, HealthPolicy policy) {
        if (report.stalled(policy.timeouts().stall())) {
            return Optional.of(Reason.INFERENCE_STALLED);
        }
        if (report.gpus().stream().anyMatch(Gpu::lost)) {
            return Optional.of(Reason.DEVICE_UNHEALTHY);
        }
        if (report.accelerator() == Accelerator.FALLBACK
                && policy.fallback() == Fallback.REMEDIATE) {
            return Optional.of(Reason.ACCELERATOR_FALLBACK);
        }
        return report.loadingFailed() ? Optional.of(Reason.MODEL_NOT_LOADED) : Optional.empty();
    }

    private HealthTrack faulty(
            HealthReport report, Instant at, HealthPolicy policy, Reason reason) {
        return reported(report, at, policy, new Bad(reason), 0);
    }

    private HealthTrack good(HealthReport report, Instant at, HealthPolicy policy) {
        int inARow = Math.min(successes + 1, policy.thresholds().successes());
        boolean mending = standing instanceof Bad && inARow < policy.thresholds().successes();
        return reported(report, at, policy, mending ? standing : new Good(), inARow);
    }

    private HealthTrack reported(
            HealthReport report, Instant at, HealthPolicy policy, Standing outcome, int inARow) {
        return new HealthTrack(
                at,
                outcome,
                true,
                0,
                0,
                inARow,
                Optional.of(report),
                at,
                signs.after(report, at, policy));
    }

    private HealthTrack failed(Instant at, HealthPolicy policy, Standing outcome) {
        int inARow = Math.min(failures + 1, policy.thresholds().failures());
        return new HealthTrack(
                at,
                inARow < policy.thresholds().failures() ? standing : outcome,
                answered,
                inARow,
                0,
                0,
                lastReport,
                reportedAt,
                signs);
    }

    private HealthTrack silent(Instant at, HealthPolicy policy) {
        int inARow = Math.min(silences + 1, policy.thresholds().failures());
        boolean keeps = inARow < policy.thresholds().failures() || standing instanceof Bad;
        return new HealthTrack(
                at,
                keeps ? standing : new Silent(),
                answered,
                failures,
                inARow,
                0,
                lastReport,
                reportedAt,
                signs);
    }

    /// The pod's inference has been slow for some time.
    public boolean slow() {
        return signs.slow().holds();
    }

    /// The pod's inference is slow, but not for long enough yet.
    boolean slowing() {
        return signs.slow().impends();
    }

    /// A GPU's memory has been nearly full for some time.
    public boolean pressed() {
        return signs.pressure().holds();
    }

    /// A GPU's memory is nearly full, but not for long enough yet.
    boolean pressing() {
        return signs.pressure().impends();
    }

    /// A GPU's memory is nearly full and grows.
    public boolean swelling() {
        return signs.swelling();
    }

    /// A GPU's memory grows and will soon be full.
    public boolean leaking() {
        return signs.leaking();
    }
}
