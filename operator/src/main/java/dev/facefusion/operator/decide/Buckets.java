package dev.facefusion.operator.decide;

import java.util.OptionalInt;

/// Coarse figures that stay as they are while the fine ones only tremble: a value leaves the bucket
/// it was last shown in when it is a quarter beyond that bucket's edge, or a full step for percent.
public final class Buckets {
    private static final int STEP_PERCENT = 5;
    private static final int[] SERIES = {1, 2, 5};
    private static final double SLACK = 1.25;

    private Buckets() {}

    /// To steps of 5, from 0 to 100.
    public static int percent(int value, OptionalInt shown) {
        if (shown.isPresent() && Math.abs(value - shown.getAsInt()) < STEP_PERCENT) {
            return shown.getAsInt();
        }
        return Math.round((float) value / STEP_PERCENT) * STEP_PERCENT;
    }

    /// To the nearest of 0, 1, 2, 5, 10, 20, 50, …
    public static int series(int value, OptionalInt shown) {
        return shown.isPresent() && near(value, shown.getAsInt())
                ? shown.getAsInt()
                : nearest(value);
    }

    private static boolean near(int value, int bucket) {
        return nearest((int) Math.ceil(value * SLACK)) >= bucket
                && nearest((int) Math.floor(value / SLACK)) <= bucket;
    }

    private static int nearest(int value) {
        if (value <= 0) {
            return 0;
        }
        long below = 1;
        for (long decade = 1; ; decade *= 10) {
            for (int step : SERIES) {
                long above = decade * step;
                if (above >= value) {
                    return Math.toIntExact(value - below < above - value ? below : above);
                }
                below = above;
            }
        }
    }
}
