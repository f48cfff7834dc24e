package dev.facefusion.operator.decide;

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
public record HealthTrack(
        Instant lastPolled,
        Standing standing,
        boolean answered,
        int failures,
        int silences,
        int successes,
        Optional<HealthReport> lastReport) {

    /// A track without polls.
    public static HealthTrack begin(Instant at) {
        return new HealthTrack(at, new Unproven(), false, 0, 0, 0, Optional.empty());
    }

    /// This track with one more poll.
    public HealthTrack after(Poll poll, Instant at, HealthPolicy policy) {
        return switch (poll) {
            case Answered(var report) when report.stalled() ->
                    faulty(report, at, Reason.INFERENCE_STALLED);
            case Answered(var report)
                    when report.accelerator() == HealthReport.Accelerator.FALLBACK ->
                    faulty(report, at, Reason.ACCELERATOR_FALLBACK);
            case Answered(var report) when report.loadingFailed() ->
                    faulty(report, at, Reason.MODEL_NOT_LOADED);
            case Answered(var report) -> good(report, at, policy);
            case Refused _ -> failed(at, policy, new Refusing());
            case ReadTimedOut _, Failed _ -> failed(at, policy, new Bad(Reason.HEALTH_UNREACHABLE));
            case Unreadable _ -> failed(at, policy, new Bad(Reason.HEALTH_UNREADABLE));
            case ConnectTimedOut _ -> silent(at, policy);
        };
    }

    private HealthTrack faulty(HealthReport report, Instant at, Reason reason) {
        return new HealthTrack(at, new Bad(reason), true, 0, 0, 0, Optional.of(report));
    }

    private HealthTrack good(HealthReport report, Instant at, HealthPolicy policy) {
        int inARow = Math.min(successes + 1, policy.thresholds().successes());
        boolean mending = standing instanceof Bad && inARow < policy.thresholds().successes();
        return new HealthTrack(
                at, mending ? standing : new Good(), true, 0, 0, inARow, Optional.of(report));
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
                lastReport);
    }

    private HealthTrack silent(Instant at, HealthPolicy policy) {
        int inARow = Math.min(silences + 1, policy.thresholds().failures());
        boolean keeps = inARow < policy.thresholds().failures() || standing instanceof Bad;
        return new HealthTrack(
                at, keeps ? standing : new Silent(), answered, failures, inARow, 0, lastReport);
    }
}
