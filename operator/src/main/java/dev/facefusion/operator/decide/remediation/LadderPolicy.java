package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which step is next for a pod. In order, the first that holds:
///
/// 1. a person asks for quarantine: that
/// 2. the pod, or the pods replaced on its node, have had too many actions: quarantine
/// 3. what was done last for this pod, or on its node, did not last: the rung above it
/// 4. the first rung, or for a broken device the first one that changes the device
///
/// A rung that can't be done is skipped: a process that never said who it is can't be told to
/// restart, and none is told to twice within `SELF_RESTART_EVERY`.
final class LadderPolicy {
    /// The kubelet's back-off is up to 5 min, and forgotten after 10 min of running.
    static final Duration SELF_RESTART_EVERY = Duration.ofMinutes(10);

    /// A pod that is sick again this soon was not cured.
    static final Duration RELAPSE = Duration.ofHours(1);

    private final RemediationPolicy policy;
    private final Ledger ledger;
    private final Instant now;

    LadderPolicy(RemediationPolicy policy, Ledger ledger, Instant now) {
        this.policy = policy;
        this.ledger = ledger;
        this.now = now;
    }

    /// How long what has ended must be remembered for these rules.
    static Duration memory(RemediationPolicy policy) {
        return Collections.max(
                List.of(RELAPSE, SELF_RESTART_EVERY, policy.repeatOffender().window()));
    }

    Step first(PodRef pod, String instance, Reason reason) {
        if (offends(pod)) {
            return Step.QUARANTINE;
        }
        var last = lately(pod).findFirst().map(Treatment::step);
        var start =
                reason == Reason.DEVICE_UNHEALTHY ? firstThatChangesTheDevice() : policy.ladder();
        return last.flatMap(step -> above(step, pod, instance))
                .or(() -> applicable(start.stream(), pod, instance))
                .orElse(policy.ladder().getLast().step());
    }

    /// When a step may be begun that was begun too lately; empty where it may be begun now.
    Optional<Instant> againAt(Step step, PodRef pod) {
        return step == Step.SELF_RESTART
                ? ledger.lately(SELF_RESTART_EVERY, now)
                        .filter(treatment -> treatment.step() == step)
                        .filter(treatment -> treatment.pod().uid().equals(pod.uid()))
                        .findFirst()
                        .map(treatment -> treatment.since().plus(SELF_RESTART_EVERY))
                : Optional.empty();
    }

    /// The rung to climb to when `step` has not helped; empty at the top.
    Optional<Step> above(Step step, PodRef pod, String instance) {
        if (offends(pod) && step != Step.QUARANTINE) {
            return Optional.of(Step.QUARANTINE);
        }
        return applicable(
                policy.ladder().stream().dropWhile(rung -> rung.step() != step).skip(1),
                pod,
                instance);
    }

    private List<Rung> firstThatChangesTheDevice() {
        return policy.ladder().stream().filter(rung -> rung.step() != Step.SELF_RESTART).toList();
    }

    private Optional<Step> applicable(Stream<Rung> rungs, PodRef pod, String instance) {
        return rungs.map(Rung::step)
                .filter(step -> step != Step.SELF_RESTART || restartable(pod, instance))
                .findFirst();
    }

    private boolean restartable(PodRef pod, String instance) {
        return !instance.isEmpty() && againAt(Step.SELF_RESTART, pod).isEmpty();
    }

    private boolean offends(PodRef pod) {
        var offender = policy.repeatOffender();
        return ledger.lately(offender.window(), now).filter(about(pod)).count()
                >= offender.maxActions();
    }

    private Stream<Treatment> lately(PodRef pod) {
        return ledger.lately(RELAPSE, now).filter(about(pod));
    }

    /// A replaced pod's successor is another pod; what they share is the node.
    private static Predicate<Treatment> about(PodRef pod) {
        return treatment ->
                treatment.pod().uid().equals(pod.uid())
                        || (treatment.step() != Step.SELF_RESTART
                                && !pod.nodeName().isEmpty()
                                && treatment.pod().nodeName().equals(pod.nodeName()));
    }
}
