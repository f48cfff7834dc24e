package dev.facefusion.runtime.engine.image;

/// Brings 8-bit colours to 8-bit CIE L\*a\*b\* and back, which changes some of them by a step or
/// two.
///
/// The colours of a face come again and again, in one picture and from frame to frame, and the way
/// costs some 70 ns: what was asked lately is remembered. For one thread.
public final class LabRoundTrip {

    /// A power of two; 8 bytes each.
    private static final int REMEMBERED = 1 << 17;

    private static final int SPREAD = 0x9E3779B1; // 2^32 divided by the golden ratio
    private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(REMEMBERED);

    // The question above the answer; black, which is its own answer, where nothing is remembered.
    private final long[] known = new long[REMEMBERED];

    /// The lightness on the way and what comes back.
    ///
    /// @param red 0 to 255, as the others
    /// @return L in 0 to 255, red, green and blue, a byte each from the highest on
    public int of(int red, int green, int blue) {
        int colour = (red << 16) | (green << 8) | blue;
        int place = (colour * SPREAD) >>> SHIFT;
        long found = known[place];
        if ((int) (found >>> Integer.SIZE) != colour) {
            found =
                    ((long) colour << Integer.SIZE)
                            | Integer.toUnsignedLong(LabColour.throughBytes(red, green, blue));
            known[place] = found;
        }
        return (int) found;
    }
}
