package dev.facefusion.runtime.engine.image;

/// Linear interpolation between four pixels.
final class Bilinear {

    private Bilinear() {}

    /// One channel, rounded to a whole number in 0 to 255.
    ///
    /// @param above where the upper left value lies
    /// @param below where the lower left value lies
    /// @param next from a left value to the one on its right
    /// @param across share of the right values, 0 to 1
    /// @param down share of the lower values, 0 to 1
    static int rounded(byte[] rgb, int above, int below, int next, float across, float down) {
        int a = rgb[above] & 0xFF;
        int b = rgb[above + next] & 0xFF;
        int c = rgb[below] & 0xFF;
        int d = rgb[below + next] & 0xFF;
        float upper = a + across * (b - a);
        float lower = c + across * (d - c);
        return (int) (upper + down * (lower - upper) + 0.5f);
    }
}
