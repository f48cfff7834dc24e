package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One operator's time of leading, in virtual time: what it decides becomes the number of pods.
final class Lead {
    private final ScalingPolicy policy;
    private ScalingMemory memory;
    private Instant now;
    private int replicas;

    Lead(ScalingPolicy policy, Instant since, int replicas, Optional<Instant> lastScaled) {
        this.policy = policy;
        this.now = since;
        this.replicas = replicas;
        this.memory = ScalingMemory.begin(since, replicas, lastScaled);
    }

    static Lead of(ScalingPolicy policy, int replicas) {
        return new Lead(policy, Loads.NOW, replicas, Optional.empty());
    }

    ScalingResult decide(List<PodLoad> pods) {
        return decide(pods, 0);
    }

    ScalingResult decide(List<PodLoad> pods, int outOfService) {
        var result = policy.scale(new ScalingInput(now, replicas, outOfService, pods, memory));
        memory = result.memory();
        replicas = result.desired();
        return result;
    }

    /// Sees the same load every ten seconds, and takes the time to the next look after the last.
    Lead through(Duration time, List<PodLoad> pods) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            var _ = decide(pods);
            now = now.plusSeconds(10);
        }
        return this;
    }

    Lead after(Duration time) {
        now = now.plus(time);
        return this;
    }

    /// The last decision could not be carried out.
    Lead stayingAt(int present) {
        replicas = present;
        return this;
    }

    Instant now() {
        return now;
    }

    int replicas() {
        return replicas;
    }

    ScalingMemory memory() {
        return memory;
    }
}
