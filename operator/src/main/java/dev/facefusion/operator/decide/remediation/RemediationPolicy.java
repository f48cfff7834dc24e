package dev.facefusion.operator.decide.remediation;

import java.time.Duration;
import java.util.List;

/// What may be done about sick pods.
///
/// @param stormThresholdPercent share of dark or failing pods above which nothing is done
/// @param stormCooldown calm that must follow
/// @param ladder from the first step to try to the last
/// @param patience how long a pod that still serves may wait for a quiet moment
/// @param attention how soon to look again while something is under way
public record RemediationPolicy(
        Mode mode,
        Budget budget,
        int stormThresholdPercent,
        Duration stormCooldown,
        List<Rung> ladder,
        RepeatOffender repeatOffender,
        Duration quarantineTtl,
        Drain drain,
        Duration patience,
        Duration attention) {

    /// How far to go.
    public enum Mode {
        OFF,
        OBSERVE,
        ENFORCE
    }

    /// A pod that has had `maxActions` within the window is quarantined the next time.
    public record RepeatOffender(int maxActions, Duration window) {}

    /// How long a pod may take to finish its work.
    public record Drain(Duration timeout, OnTimeout onTimeout) {}

    /// What a drain that takes too long comes to.
    public enum OnTimeout {
        GO_ON,
        WAIT
    }

    public RemediationPolicy {
        ladder = List.copyOf(ladder);
        if (ladder.isEmpty()) {
            throw new IllegalArgumentException("remediation.ladder must name at least one action");
        }
    }

    Duration timeout(Step step) {
        return ladder.stream()
                .filter(rung -> rung.step() == step)
                .map(Rung::timeout)
                .findFirst()
                .orElse(ladder.getLast().timeout());
    }
}
