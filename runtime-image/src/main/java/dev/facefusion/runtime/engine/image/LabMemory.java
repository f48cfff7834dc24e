package dev.facefusion.runtime.engine.image;

/// Brings colours through [LabRoundTrip] and remembers what became of them: neighbouring pixels,
/// and frames that follow each other, have largely the same. For one thread.
public final class LabMemory {

    private static final int BITS = 15;

    /// Knuth's multiplicative hashing: 2^32 by the golden ratio.
    private static final int SPREAD = 0x9E3779B1;

    private static final int KNOWN = 1 << 24;

    private final int[] colours = new int[1 << BITS];
    private final int[] results = new int[1 << BITS];

    /// What [LabRoundTrip#of] makes of a colour.
    ///
    /// @param first 0 to 255, as the others
    public int of(int first, int second, int third) {
        int colour = KNOWN | (first << 16) | (second << 8) | third;
        int slot = (colour * SPREAD) >>> (Integer.SIZE - BITS);
        if (colours[slot] != colour) {
            colours[slot] = colour;
            results[slot] = LabRoundTrip.of(first, second, third);
        }
        return results[slot];
    }
}
