package dev.facefusion.runtime.engine.swapper;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IdentityMixTest {

    private static final float[] SOURCE = {1, 0};
    private static final float[] TARGET = {0, 2};

    @Test
    void leavesTheTargetOutAtAHalf() {
        assertThat(IdentityMix.needsTarget(0.5)).isFalse();
        assertThat(IdentityMix.needsTarget(0.45)).isTrue();
    }

    @Test
    void goesTowardsTheTargetBelowAndAwayFromItAbove() {
        assertMixed(0, 0.65f, 0.7f);
        assertMixed(0.25, 0.825f, 0.35f);
        assertMixed(1, 1.35f, -0.7f);
    }

    private static void assertMixed(double weight, float... expected) {
        assertThat(IdentityMix.mix(SOURCE, TARGET, weight))
                .containsExactly(expected, Offset.offset(1e-6f));
    }
}
