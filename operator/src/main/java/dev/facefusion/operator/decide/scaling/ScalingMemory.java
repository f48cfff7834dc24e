package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// What decisions on the number of pods remember of earlier ones. It lives as long as its operator
/// leads; one that starts to lead begins a new one.
///
/// @param replicas pods wanted after the last decision
/// @param highs recommendations that the window for removing pods looks at
/// @param lows recommendations that the window for adding pods looks at
/// @param lastScaled when another operator last changed the number
/// @param inFlight tasks that ran of late; empty before the first report
public record ScalingMemory(
        int replicas,
        Recommendations highs,
        Recommendations lows,
        Changes changes,
        Optional<Instant> lastScaled,
        Optional<RecentAverage> inFlight) {

    /// A memory in which nothing speaks for another number than the present one, so that no change
    /// comes before its whole window has passed, nor before the last one's period has.
    ///
    /// @param lastScaled `status.scaling.lastScaleTime`
    public static ScalingMemory begin(Instant now, int replicas, Optional<Instant> lastScaled) {
        var present = Recommendations.begin(now, replicas);
        return new ScalingMemory(
                replicas,
                present,
                present,
                Changes.none(),
                // Another machine's clock may be ahead.
                lastScaled.map(at -> at.isAfter(now) ? now : at),
                Optional.empty());
    }

    /// With the number of pods as it is now: somebody else may have changed it, and the last
    /// decision may not have been carried out.
    ScalingMemory finding(Instant now, int present) {
        return at(present, changes.corrected(now, present - replicas));
    }

    ScalingMemory deciding(Instant now, int desired) {
        return at(desired, changes.with(now, desired - replicas));
    }

    private ScalingMemory at(int pods, Changes all) {
        return new ScalingMemory(pods, highs, lows, all, lastScaled, inFlight);
    }

    ScalingMemory withInFlight(Instant now, double tasks) {
        var next =
                inFlight.map(before -> before.then(now, tasks))
                        .orElseGet(() -> new RecentAverage(now, tasks));
        return new ScalingMemory(replicas, highs, lows, changes, lastScaled, Optional.of(next));
    }

    ScalingMemory recommending(Instant now, int recommended, ScalingPolicy policy) {
        return new ScalingMemory(
                replicas,
                highs.with(now, recommended, policy.scaleDown().stabilizationWindow(), Math::max),
                lows.with(now, recommended, policy.scaleUp().stabilizationWindow(), Math::min),
                changes.within(policy.longestPeriod(), now),
                lastScaled,
                inFlight);
    }

    /// Most pods that the rate allows now.
    int ceiling(Instant now, ScalingPolicy.Rate rate) {
        return settling(now, rate)
                ? replicas
                : Math.max(
                        replicas, replicas - changes.net(rate.period(), now) + rate.maxReplicas());
    }

    /// Fewest pods that the rate allows now.
    int floor(Instant now, ScalingPolicy.Rate rate) {
        return settling(now, rate)
                ? replicas
                : Math.min(
                        replicas, replicas - changes.net(rate.period(), now) - rate.maxReplicas());
    }

    double tasksAtOnce() {
        return inFlight.map(RecentAverage::value).orElse(0.0);
    }

    /// When a pod more than now may be added or removed.
    Optional<Duration> rateRelease(Instant now, ScalingPolicy.Rate rate) {
        return settling(now, rate)
                ? lastScaled.map(at -> Duration.between(now, at.plus(rate.period())))
                : changes.release(rate.period(), now);
    }

    /// When a recommendation that stands against a change has its window behind it.
    Optional<Duration> windowRelease(Instant now, ScalingPolicy policy) {
        return Stream.of(
                        highs.release(now, policy.scaleDown().stabilizationWindow()),
                        lows.release(now, policy.scaleUp().stabilizationWindow()))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /// Nobody knows how large the change of another operator was: it may have been all of the rate.
    private boolean settling(Instant now, ScalingPolicy.Rate rate) {
        return lastScaled.filter(at -> at.plus(rate.period()).isAfter(now)).isPresent();
    }
}
