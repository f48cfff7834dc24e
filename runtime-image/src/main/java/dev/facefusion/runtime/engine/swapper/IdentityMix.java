package dev.facefusion.runtime.engine.swapper;

/// How much of the target's identity goes into the source's: `face_swapper_weight`.
final class IdentityMix {

    /// Share of the target at weight 0; at 1 as much is taken away, at a half there is none.
    private static final double MOST = 0.35;

    private IdentityMix() {}

    /// Whether the target's identity plays a part.
    static boolean needsTarget(double weight) {
        return share(weight) != 0;
    }

    private static float share(double weight) {
        return (float) (MOST - 2 * MOST * weight);
    }

    /// The mixture, whose length is left as it comes. The target's identity is in the recogniser's
    /// space even where the source's is in another one: that is what FaceFusion does.
    static float[] mix(float[] source, float[] target, double weight) {
        float share = share(weight);
        var mixed = new float[source.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = source[i] * (1 - share) + target[i] * share;
        }
        return mixed;
    }
}
