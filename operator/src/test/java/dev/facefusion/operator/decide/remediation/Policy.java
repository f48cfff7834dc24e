package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Drain;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.Mode;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.OnTimeout;
import dev.facefusion.operator.decide.remediation.RemediationPolicy.RepeatOffender;
import java.util.List;

/// The API's defaults but for one setting.
final class Policy {
    static final RemediationPolicy DEFAULT = Samples.REMEDIATION;

    private Policy() {}

    static RemediationPolicy with(Mode mode) {
        return of(mode, DEFAULT.budget(), DEFAULT.ladder(), DEFAULT.drain());
    }

    static RemediationPolicy with(Budget budget) {
        return of(DEFAULT.mode(), budget, DEFAULT.ladder(), DEFAULT.drain());
    }

    static RemediationPolicy with(List<Rung> ladder) {
        return of(DEFAULT.mode(), DEFAULT.budget(), ladder, DEFAULT.drain());
    }

    static RemediationPolicy with(OnTimeout onTimeout) {
        var drain = new Drain(DEFAULT.drain().timeout(), onTimeout);
        return of(DEFAULT.mode(), DEFAULT.budget(), DEFAULT.ladder(), drain);
    }

    static RemediationPolicy with(RepeatOffender offender) {
        return of(DEFAULT.mode(), DEFAULT.budget(), DEFAULT.ladder(), DEFAULT.drain(), offender);
    }

    private static RemediationPolicy of(Mode mode, Budget budget, List<Rung> ladder, Drain drain) {
        return of(mode, budget, ladder, drain, DEFAULT.repeatOffender());
    }

    private static RemediationPolicy of(
            Mode mode, Budget budget, List<Rung> ladder, Drain drain, RepeatOffender offender) {
        return new RemediationPolicy(
                mode,
                budget,
                DEFAULT.stormThresholdPercent(),
                DEFAULT.stormCooldown(),
                ladder,
                offender,
                DEFAULT.quarantineTtl(),
                drain,
                DEFAULT.patience(),
                DEFAULT.attention());
    }
}
