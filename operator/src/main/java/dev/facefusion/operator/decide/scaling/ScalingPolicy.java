package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How many pods there shall be, by the wait that a task must expect. As the
/// HorizontalPodAutoscaler (v2) does it where that has a rule:
///
/// 1. fewer pods than `minReplicas` or more than `maxReplicas`: go there at once, whatever the data
/// 2. no pod in service tells its load: hold
/// 3. tasks wait that nobody can price: one more pod per period, and none while one is coming
/// 4. the need is the greater of
///    - expected wait: (queued + in flight) × p50 / concurrency / `queueWaitTarget`. Where half of
///      a pod's queue is less than the target's worth of tasks, that half is the target: a full
///      queue turns tasks away, and waits no longer
///    - the fewest pods with which one task in a thousand would wait longer than that, by Erlang's
///      formula and the tasks that ran of late, but no more than there are. Short queues alone say
///      nothing of the pods that keep them short, and would have them removed
/// 5. a need within the tolerance of the capacity changes nothing; pods that start are capacity
///    already, those out of service are not and are added to the need
/// 6. within the bounds; not fewer than now while any pod in service does not tell
/// 7. no more than the least recommendation of the window for adding, no fewer than the greatest of
///    the window for removing
/// 8. no more pods added or removed within a period than its rate allows
///
/// @param concurrency tasks that a pod runs at once
/// @param queueCapacity tasks that may wait in a pod
/// @param interval how often the load is looked at
public record ScalingPolicy(
        int minReplicas,
        int maxReplicas,
        Duration queueWaitTarget,
        int tolerancePercent,
        Rate scaleUp,
        Rate scaleDown,
        int concurrency,
        int queueCapacity,
        Duration interval) {

    /// How fast the number may change.
    ///
    /// @param stabilizationWindow the most cautious recommendation of this long a time counts
    /// @param maxReplicas to add or remove within the period
    public record Rate(Duration stabilizationWindow, int maxReplicas, Duration period) {
        public Rate {
            requireAtLeastOne("maxReplicas", maxReplicas);
            requirePositive("period", period);
            if (stabilizationWindow.isNegative()) {
                throw new IllegalArgumentException(
                        "stabilizationWindow must not be negative, got " + stabilizationWindow);
            }
        }
    }

    public ScalingPolicy {
        requireAtLeastOne("minReplicas", minReplicas);
        requireAtLeastOne("concurrency", concurrency);
        requireAtLeastOne("queueCapacity", queueCapacity);
        requirePositive("queueWaitTarget", queueWaitTarget);
        requirePositive("interval", interval);
        if (maxReplicas < minReplicas) {
            throw new IllegalArgumentException(
                    "maxReplicas must not be less than minReplicas, got %d and %d"
                            .formatted(maxReplicas, minReplicas));
        }
        if (tolerancePercent < 0) {
            throw new IllegalArgumentException(
                    "tolerancePercent must not be negative, got " + tolerancePercent);
        }
    }

    /// The number of pods that there shall be now.
    public ScalingResult scale(ScalingInput input) {
        var demand = Demand.of(input.pods());
        var memory = seen(input, demand);
        var recommended = recommend(input, demand, memory);
        var remembered = memory.recommending(input.now(), recommended.replicas(), this);
        var proposal = limit(recommended, input, remembered);
        return new ScalingResult(
                proposal.replicas(),
                proposal.reason(),
                proposal.limitedBy(),
                demand.expectedWait(concurrency),
                remembered.deciding(input.now(), proposal.replicas()),
                lookAgainAfter(proposal, input.now(), remembered));
    }

    private ScalingMemory seen(ScalingInput input, Demand demand) {
        var memory = input.memory().finding(input.now(), input.replicas());
        return input.complete() && demand.known() > 0
                ? memory.withInFlight(input.now(), demand.inFlight())
                : memory;
    }

    private Proposal recommend(ScalingInput input, Demand demand, ScalingMemory memory) {
        var bounded =
                propose(input, demand, memory)
                        .atLeast(minReplicas, ScalingLimit.MIN_REPLICAS)
                        .atMost(maxReplicas, ScalingLimit.MAX_REPLICAS);
        boolean stale = !input.complete() && bounded.reason() != ScalingReason.BOUNDS;
        return !stale || bounded.replicas() >= input.replicas()
                ? bounded
                : bounded.atLeast(input.replicas(), ScalingLimit.STALE_DATA)
                        .because(ScalingReason.MISSING_DATA);
    }

    private Proposal propose(ScalingInput input, Demand demand, ScalingMemory memory) {
        if (input.replicas() < minReplicas || input.replicas() > maxReplicas) {
            return new Proposal(input.replicas(), ScalingReason.BOUNDS);
        }
        if (demand.known() == 0) {
            return new Proposal(
                    input.replicas(),
                    ScalingReason.MISSING_DATA,
                    Optional.of(ScalingLimit.STALE_DATA));
        }
        if (demand.workMilliseconds().isEmpty()) {
            return unpriced(input, demand, memory);
        }
        return byNeed(Need.of(demand, memory.tasksAtOnce(), input.capacity(), this), input);
    }

    private Proposal byNeed(Need need, ScalingInput input) {
        double off = Math.abs(need.pods() - input.capacity()) * 100;
        return off <= (double) tolerancePercent * input.capacity()
                ? new Proposal(input.replicas(), ScalingReason.WITHIN_TOLERANCE)
                : new Proposal(need.wholePods() + input.withdrawn(), need.reason());
    }

    private Proposal unpriced(ScalingInput input, Demand demand, ScalingMemory memory) {
        var present = new Proposal(input.replicas(), ScalingReason.UNKNOWN_LATENCY);
        if (demand.queued() == 0) {
            return present;
        }
        boolean added = memory.changes().added(scaleUp.period(), input.now()) > 0;
        var more = new Proposal(input.replicas() + 1, ScalingReason.UNKNOWN_LATENCY);
        return added || input.coming() > 0
                ? more.atMost(input.replicas(), ScalingLimit.SCALE_UP_RATE)
                : more;
    }

    private Proposal limit(Proposal recommended, ScalingInput input, ScalingMemory memory) {
        if (recommended.reason() == ScalingReason.BOUNDS) {
            return recommended;
        }
        var stable = stabilise(recommended, input.replicas(), memory);
        if (stable.replicas() > input.replicas()) {
            return stable.atMost(memory.ceiling(input.now(), scaleUp), ScalingLimit.SCALE_UP_RATE);
        }
        return stable.replicas() < input.replicas()
                ? stable.atLeast(memory.floor(input.now(), scaleDown), ScalingLimit.SCALE_DOWN_RATE)
                : stable;
    }

    private static Proposal stabilise(Proposal recommended, int replicas, ScalingMemory memory) {
        int raised = Math.max(replicas, memory.lows().extreme());
        int stable = Math.min(raised, memory.highs().extreme());
        var window = ScalingLimit.STABILIZATION_WINDOW;
        var proposal = recommended.atLeast(stable, window).atMost(stable, window);
        return stable == replicas && stable != recommended.replicas()
                ? proposal.because(ScalingReason.STABILIZING)
                : proposal;
    }

    /// After the interval, or when a limit gives way.
    private Duration lookAgainAfter(Proposal proposal, Instant now, ScalingMemory memory) {
        var release =
                proposal.limitedBy()
                        .flatMap(limit ->
                                switch (limit) {
                                    case SCALE_UP_RATE -> memory.rateRelease(now, scaleUp);
                                    case SCALE_DOWN_RATE -> memory.rateRelease(now, scaleDown);
                                    case STABILIZATION_WINDOW -> memory.windowRelease(now, this);
                                    case MIN_REPLICAS, MAX_REPLICAS, STALE_DATA -> Optional.empty();
                                });
        return release.filter(after -> after.compareTo(interval) < 0).orElse(interval);
    }

    /// The longer of the times that the rates are counted over.
    Duration longestPeriod() {
        return scaleUp.period().compareTo(scaleDown.period()) > 0
                ? scaleUp.period()
                : scaleDown.period();
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, got " + value);
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " must be positive, got " + value);
        }
    }
}
