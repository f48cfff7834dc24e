package dev.facefusion.operator.reconcile;

import static dev.facefusion.operator.reconcile.Finding.Status.FALSE;
import static dev.facefusion.operator.reconcile.Finding.Status.TRUE;
import static dev.facefusion.operator.reconcile.Finding.Status.UNKNOWN;
import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.operator.act.ActionFailedException;
import dev.facefusion.operator.act.Outcome;
import dev.facefusion.operator.decide.Decision;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.PodHealth;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Rollout.Complete;
import dev.facefusion.operator.decide.Rollout.Paused;
import dev.facefusion.operator.decide.Rollout.Progressing;
import dev.facefusion.operator.decide.Rollout.Stuck;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Puts a decision into the words of conditions.
///
/// Ready is the sum of the others, and the first of these that holds gives its reason: stalled;
/// faulty pods, serving or not; a rollout under way; nothing wanted; all is well.
final class Findings {
    static final String AS_EXPECTED = "AsExpected";
    private static final String PAUSED = "Paused";

    private final boolean suspended;
    private final FleetSnapshot seen;
    private final Decision decision;
    private final Optional<Finding> stalled;

    Findings(boolean suspended, FleetSnapshot seen, Decision decision, List<Outcome> outcomes) {
        this.suspended = suspended;
        this.seen = seen;
        this.decision = decision;
        this.stalled =
                outcomes.stream()
                        .flatMap(outcome -> stalledBy(outcome).stream())
                        .findFirst()
                        .or(this::stuck);
    }

    List<Finding> all() {
        return List.of(
                ready(),
                available(),
                reconciling(),
                stalled.orElseGet(() ->
                        new Finding(
                                Conditions.STALLED,
                                FALSE,
                                AS_EXPECTED,
                                "Nothing stands in the way.")),
                degraded(),
                vramPressure(),
                updatePending(),
                healthDataFresh(),
                acceleratorActive(),
                stormActive());
    }

    /// What can be said when the loop itself has failed: nothing new of the pods.
    static List<Finding> ofFailure(Exception exception) {
        if (exception instanceof InvalidSpecException invalid) {
            var message = requireNonNullElse(invalid.getMessage(), "");
            return List.of(
                    ready(FALSE, "InvalidSpec", message),
                    reconciling(FALSE, Conditions.STALLED, "The rollout waits for a remedy."),
                    stalled("InvalidSpec", message));
        }
        return List.of(ready(UNKNOWN, "ReconcileFailed", failureMessage(exception)));
    }

    private static String failureMessage(Exception exception) {
        return exception instanceof ActionFailedException failed
                ? requireNonNullElse(failed.getMessage(), "")
                : "The operator failed and tries again: see its log.";
    }

    private static Optional<Finding> stalledBy(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _, Outcome.Postponed _, Outcome.Refused _ -> Optional.empty();
            case Outcome.NameConflict(var kind, var name) ->
                    Optional.of(
                            stalled(
                                    "NameConflict",
                                    "%s %s exists and belongs to somebody else: delete it or rename the cluster."
                                            .formatted(kind, name)));
            case Outcome.Rejected(var kind, var message) ->
                    Optional.of(
                            stalled(
                                    "InvalidSpec",
                                    "The API server rejects the %s: %s".formatted(kind, message)));
        };
    }

    private static Finding stalled(String reason, String message) {
        return new Finding(Conditions.STALLED, TRUE, reason, message);
    }

    private Optional<Finding> stuck() {
        return decision.rollout() instanceof Stuck(var reason)
                ? Optional.of(stalled(reason.code(), message(reason)))
                : Optional.empty();
    }

    private Finding ready() {
        if (stalled.isPresent()) {
            return ready(FALSE, stalled.get().reason(), stalled.get().message());
        }
        if (decision.rollout() instanceof Progressing) {
            return decision.fault()
                    .map(reason -> ready(FALSE, shortfall(), message(reason)))
                    .orElseGet(() ->
                            ready(
                                    seen.deployment().isPresent() ? FALSE : UNKNOWN,
                                    "Progressing",
                                    "The spec is being rolled out."));
        }
        if (decision.fault().isPresent()) {
            // A fleet that serves with one pod less is no rollout that somebody should wait for.
            return ready(
                    decision.serving() > 0 ? TRUE : FALSE,
                    shortfall(),
                    message(decision.fault().get()));
        }
        if (seen.desiredReplicas() == 0) {
            return ready(TRUE, nothingWanted(), "No replica is wanted, and none runs.");
        }
        return ready(TRUE, Conditions.READY, "Every wanted replica serves.");
    }

    private String shortfall() {
        return decision.serving() > 0 ? "Degraded" : "Unavailable";
    }

    private static Finding ready(Finding.Status status, String reason, String message) {
        return new Finding(Conditions.READY, status, reason, message);
    }

    private String nothingWanted() {
        return suspended ? "Suspended" : "ScaledToZero";
    }

    private Finding available() {
        if (decision.serving() > 0) {
            return new Finding(
                    Conditions.AVAILABLE, TRUE, "ReplicasServing", "Replicas take traffic.");
        }
        return new Finding(
                Conditions.AVAILABLE,
                FALSE,
                seen.desiredReplicas() == 0 ? nothingWanted() : "NoReplicaServing",
                "No replica takes traffic.");
    }

    private Finding reconciling() {
        if (stalled.isPresent()) {
            return reconciling(FALSE, Conditions.STALLED, "The rollout waits for a remedy.");
        }
        return switch (decision.rollout()) {
            case Paused _ ->
                    reconciling(
                            FALSE,
                            PAUSED,
                            "An annotation pauses the cluster: nothing of it is changed.");
            case Progressing _ -> reconciling(TRUE, "Progressing", "The spec is being rolled out.");
            case Complete _ -> reconciling(FALSE, AS_EXPECTED, "The spec is rolled out.");
            case Stuck _ -> reconciling(FALSE, Conditions.STALLED, "The rollout is stuck.");
        };
    }

    private static Finding reconciling(Finding.Status status, String reason, String message) {
        return new Finding(Conditions.RECONCILING, status, reason, message);
    }

    private Finding updatePending() {
        if (seen.update().paused() && !seen.outdated().isEmpty()) {
            return updatePending(TRUE, PAUSED, "The cluster is paused: what is asked now waits.");
        }
        if (seen.update().keepsTemplate()) {
            return updatePending(
                    TRUE,
                    "OperatorChanged",
                    "This operator would change the pods: that waits for the next change of the spec.");
        }
        return updatePending(FALSE, AS_EXPECTED, "No change waits.");
    }

    private static Finding updatePending(Finding.Status status, String reason, String message) {
        return new Finding(Conditions.UPDATE_PENDING, status, reason, message);
    }

    private Finding degraded() {
        return decision.fault()
                .or(this::overdue)
                .map(reason ->
                        new Finding(Conditions.DEGRADED, TRUE, reason.code(), message(reason)))
                .orElseGet(() ->
                        new Finding(
                                Conditions.DEGRADED,
                                FALSE,
                                AS_EXPECTED,
                                "No wanted replica is missing or faulty."));
    }

    private Finding vramPressure() {
        return decision.verdicts().stream()
                .flatMap(verdict -> verdict.complaint().stream())
                .filter(Reason.VRAM_PRESSURE::equals)
                .findFirst()
                .map(reason ->
                        new Finding(
                                Conditions.VRAM_PRESSURE,
                                TRUE,
                                reason.code(),
                                Sentences.of(reason)))
                .orElseGet(() ->
                        new Finding(
                                Conditions.VRAM_PRESSURE,
                                FALSE,
                                AS_EXPECTED,
                                "No GPU's memory is nearly full."));
    }

    private Finding stormActive() {
        return decision.plan()
                .ledger()
                .storm()
                .map(storm ->
                        new Finding(
                                Conditions.STORM_ACTIVE,
                                TRUE,
                                storm.calmSince().isEmpty() ? "TooManyPodsFailing" : "Cooldown",
                                "Too many pods are dark or failing at once: nothing is done to any."
                                        + " Check the network policy and the nodes."))
                .orElseGet(() ->
                        new Finding(
                                Conditions.STORM_ACTIVE,
                                FALSE,
                                AS_EXPECTED,
                                "No storm keeps the operator from acting."));
    }

    /// No wanted pod is missing, and yet something is wrong.
    private Optional<Reason> overdue() {
        return decision.verdicts().stream()
                .flatMap(verdict ->
                        verdict.health() instanceof PodHealth.Draining(var overdue)
                                ? overdue.stream()
                                : Stream.empty())
                .findFirst();
    }

    /// Our words, and where Kubernetes knows the cause, Kubernetes' own.
    private String message(Reason reason) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.complaint().filter(reason::equals).isPresent())
                .map(verdict -> verdict.pod().words())
                .filter(words -> !words.isEmpty())
                .min(Comparator.naturalOrder())
                .map(words -> "%s Kubernetes says: %s".formatted(Sentences.of(reason), words))
                .orElseGet(() -> Sentences.of(reason));
    }

    private Finding healthDataFresh() {
        var verdicts = decision.verdicts();
        if (verdicts.stream().anyMatch(verdict -> verdict.health() instanceof PodHealth.Unknown)) {
            return new Finding(
                    Conditions.HEALTH_DATA_FRESH,
                    FALSE,
                    Reason.HEALTH_UNKNOWN.code(),
                    Sentences.of(Reason.HEALTH_UNKNOWN));
        }
        if (verdicts.stream().allMatch(verdict -> verdict.report().isEmpty())) {
            return new Finding(
                    Conditions.HEALTH_DATA_FRESH,
                    UNKNOWN,
                    "NoReport",
                    "No pod reports its health.");
        }
        return new Finding(
                Conditions.HEALTH_DATA_FRESH, TRUE, AS_EXPECTED, "What the pods report is recent.");
    }

    private Finding acceleratorActive() {
        var providers =
                decision.verdicts().stream()
                        .flatMap(verdict -> verdict.report().stream())
                        .map(report -> report.accelerator())
                        .filter(provider -> provider != Accelerator.UNREPORTED)
                        .toList();
        if (providers.contains(Accelerator.FALLBACK)) {
            return new Finding(
                    Conditions.ACCELERATOR_ACTIVE,
                    FALSE,
                    Reason.ACCELERATOR_FALLBACK.code(),
                    Sentences.of(Reason.ACCELERATOR_FALLBACK));
        }
        if (providers.isEmpty()) {
            return new Finding(
                    Conditions.ACCELERATOR_ACTIVE,
                    UNKNOWN,
                    "NoReport",
                    "No pod reports what it runs on.");
        }
        return new Finding(
                Conditions.ACCELERATOR_ACTIVE,
                TRUE,
                AS_EXPECTED,
                "Inference runs on the first execution provider asked for.");
    }
}
