package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.remediation.Plan;
import dev.facefusion.operator.decide.scaling.ScalingResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What to do now, what to say about the fleet, and when to look again.
///
/// @param serving pods that take traffic and that nothing speaks against
/// @param plan what to do about sick pods
/// @param scaling how many pods there shall be; empty where somebody else decides it
/// @param fault the first thing that is wrong with the wanted pods
/// @param recheckAfter empty where only a new event can change the decision
public record Decision(
        List<Action> actions,
        Rollout rollout,
        List<PodVerdict> verdicts,
        int serving,
        Plan plan,
        Optional<ScalingResult> scaling,
        Optional<Reason> fault,
        FleetLoad load,
        Optional<Duration> recheckAfter) {

    public Decision {
        actions = List.copyOf(actions);
        verdicts = List.copyOf(verdicts);
    }

    /// Whether every pod has been asked for its health, or is not up to be asked.
    public boolean seenAll() {
        return verdicts.stream().noneMatch(verdict -> verdict.health() instanceof PodHealth.Unseen);
    }
}
