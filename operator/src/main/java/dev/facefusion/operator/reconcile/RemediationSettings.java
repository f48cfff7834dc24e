package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.DrainSpec;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterSpec;
import dev.facefusion.crds.v1alpha1.HealthSpec;
import dev.facefusion.crds.v1alpha1.RemediationSpec;
import dev.facefusion.operator.decide.remediation.Budget;
import dev.facefusion.operator.decide.remediation.RemediationPolicy;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Drain;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Mode;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.OnTimeout;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.RepeatOffender;
import dev.facefusion.operator.decide.remediation.Rung;
import dev.facefusion.operator.decide.remediation.Step;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the spec asks to be done about sick pods, with every default filled in.
final class RemediationSettings {
    private static final RemediationSpec REMEDIATION =
            new RemediationSpec(null, null, null, null, null, null, null);
    private static final DrainSpec DRAIN = new DrainSpec(null, null);
    private static final RemediationSpec.RepeatOffender OFFENDER =
            new RemediationSpec.RepeatOffender(null, null);
    private static final HealthSpec.VramTrend TREND = new HealthSpec.VramTrend(null, null, null);
    private static final List<Rung> LADDER =
            List.of(
                    new Rung(Step.SELF_RESTART, Duration.ofMinutes(5)),
                    new Rung(Step.REPLACE, Duration.ofMinutes(15)),
                    new Rung(Step.AVOID_NODE, Duration.ofMinutes(15)),
                    new Rung(Step.QUARANTINE, Duration.ofMinutes(15)));

    /// The share of the horizon for which a leaking pod may wait for a quiet moment.
    private static final int PATIENCE = 3;

    private RemediationSettings() {}

    /// @param period between two polls of a pod
    static RemediationPolicy of(FaceFusionClusterSpec spec, Duration period) {
        var remediation = requireNonNullElse(spec.remediation(), REMEDIATION);
        var offender = requireNonNullElse(remediation.repeatOffender(), OFFENDER);
        var trend =
                spec.health() == null || spec.health().vramTrend() == null
                        ? TREND
                        : spec.health().vramTrend();
        return new RemediationPolicy(
                mode(requireNonNullElse(remediation.mode(), RemediationSpec.Mode.ENFORCE)),
                budget(remediation.maxUnavailable()),
                requireNonNullElse(remediation.stormThresholdPercent(), 50),
                seconds(remediation.stormCooldownSeconds(), 300),
                ladder(remediation.ladder()),
                new RepeatOffender(
                        requireNonNullElse(offender.maxActions(), 3),
                        seconds(offender.windowSeconds(), 86400)),
                seconds(remediation.quarantineTTLSeconds(), 3600),
                drain(requireNonNullElse(spec.drain(), DRAIN)),
                seconds(trend.horizonSeconds(), 1800).dividedBy(PATIENCE),
                period);
    }

    private static Mode mode(RemediationSpec.Mode mode) {
        return switch (mode) {
            case OFF -> Mode.OFF;
            case OBSERVE -> Mode.OBSERVE;
            case ENFORCE -> Mode.ENFORCE;
        };
    }

    private static Budget budget(@Nullable IntOrString maxUnavailable) {
        if (maxUnavailable == null) {
            return new Budget.Count(1);
        }
        return maxUnavailable.getIntVal() == null
                ? new Budget.Percent(percent(maxUnavailable.getStrVal()))
                : new Budget.Count(maxUnavailable.getIntVal());
    }

    private static int percent(String text) {
        if (!text.matches("[0-9]{1,3}%")) {
            throw new IllegalArgumentException(
                    "remediation.maxUnavailable must be a number or a percentage such as 25%");
        }
        return Integer.parseInt(text.substring(0, text.length() - 1));
    }

    private static List<Rung> ladder(@Nullable List<RemediationSpec.Rung> rungs) {
        return rungs == null
                ? LADDER
                : rungs.stream()
                        .map(rung ->
                                new Rung(step(rung.action()), seconds(rung.timeoutSeconds(), 900)))
                        .toList();
    }

    private static Step step(RemediationSpec.Action action) {
        return switch (action) {
            case SELF_RESTART -> Step.SELF_RESTART;
            case REPLACE -> Step.REPLACE;
            case AVOID_NODE -> Step.AVOID_NODE;
            case QUARANTINE -> Step.QUARANTINE;
        };
    }

    private static Drain drain(DrainSpec drain) {
        return new Drain(
                seconds(drain.timeoutSeconds(), 120),
                drain.onTimeout() == DrainSpec.OnTimeout.WAIT ? OnTimeout.WAIT : OnTimeout.GO_ON);
    }

    private static Duration seconds(@Nullable Integer value, int absent) {
        return Duration.ofSeconds(requireNonNullElse(value, absent));
    }
}
