package dev.facefusion.runtime.engine.image;

import java.util.function.DoubleUnaryOperator;

/// A function on 0 to a limit, as a table with linear interpolation.
final class Curve {

    private final float[] table;
    private final float limit;
    private final float steps;

    Curve(int steps, double limit, DoubleUnaryOperator function) {
        this.table = new float[steps + 2];
        this.limit = (float) limit;
        this.steps = (float) (steps / limit);
        for (int i = 0; i < table.length; i++) {
            table[i] = (float) function.applyAsDouble(Math.min(i, steps) * limit / steps);
        }
    }

    /// The value at `x`; outside the range that of its nearer end.
    float at(float x) {
        if (x > limit) {
            return within(limit);
        }
        return within(x > 0 ? x : 0);
    }

    /// The value at `x`, which is within the range.
    float within(float x) {
        float place = x * steps;
        int index = (int) place;
        return table[index] + (place - index) * (table[index + 1] - table[index]);
    }
}
