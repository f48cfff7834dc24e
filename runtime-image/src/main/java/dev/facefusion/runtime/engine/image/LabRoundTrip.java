package dev.facefusion.runtime.engine.image;

import static dev.facefusion.runtime.engine.image.LabColour.OFFSET;
import static dev.facefusion.runtime.engine.image.LabColour.ROOT;
import static dev.facefusion.runtime.engine.image.LabColour.SLOPE;
import static dev.facefusion.runtime.engine.image.LabColour.THRESHOLD;
import static dev.facefusion.runtime.engine.image.LabColour.WHITE_X;
import static dev.facefusion.runtime.engine.image.LabColour.WHITE_Z;

/// Brings 8-bit colours to 8-bit CIE L\*a\*b\* and back, which changes some of them by a step or
/// two. In 8 bits L is 2.55 times the lightness, and a and b have 128 added.
///
/// As [LabColour] does it, with tables for what only 256 values go into or come out of.
public final class LabRoundTrip {

    private static final int BYTES = 256;

    /// Of each byte, from 0 to 1.
    private static final float[] LINEAR = new float[BYTES];

    /// Of each L.
    private static final float[] ROOT_OF_Y = new float[BYTES];

    private static final float[] Y = new float[BYTES];

    /// Fine enough that no two bytes begin in one step.
    private static final int STEPS = 4096;

    /// The byte that a step of 0 to 1 begins with, and the value from which on it is the next.
    private static final byte[] BYTE_OF_STEP = new byte[STEPS];

    private static final float[] NEXT_FROM = new float[BYTES];

    static {
        for (int i = 0; i < BYTES; i++) {
            LINEAR[i] = (float) LabColour.linear(i / 255.0);
            NEXT_FROM[i] = (float) LabColour.linear((i + 0.5) / 255);
            float light = i / 2.55f;
            Y[i] = light / 903.3f;
            ROOT_OF_Y[i] = SLOPE * Y[i] + OFFSET;
            if (light > 8) {
                ROOT_OF_Y[i] = (light + 16) / 116;
                Y[i] = ROOT_OF_Y[i] * ROOT_OF_Y[i] * ROOT_OF_Y[i];
            }
        }
        for (int i = 0; i < STEPS; i++) {
            BYTE_OF_STEP[i] = (byte) Math.rint(255 * LabColour.gamma((double) i / STEPS));
        }
    }

    private LabRoundTrip() {}

    /// The lightness on the way and what comes back.
    ///
    /// @param red 0 to 255, as the others
    /// @return L in 0 to 255, red, green and blue, a byte each from the highest on
    public static int of(int red, int green, int blue) {
        float r = LINEAR[red];
        float g = LINEAR[green];
        float b = LINEAR[blue];
        float y = 0.212671f * r + 0.715160f * g + 0.072169f * b;
        float fx = ROOT.within((0.412453f * r + 0.357580f * g + 0.180423f * b) * (1 / WHITE_X));
        float fy = ROOT.within(y);
        float fz = ROOT.within((0.019334f * r + 0.119193f * g + 0.950227f * b) * (1 / WHITE_Z));
        int light = (int) ((y > THRESHOLD ? 116 * fy - 16 : 903.3f * y) * 2.55f + 0.5f);
        int first = (int) (500 * (fx - fy) + 128.5f) - 128;
        int second = (int) (200 * (fy - fz) + 128.5f) - 128;
        return (light << 24) | back(light, first, second);
    }

    private static int back(int light, int first, int second) {
        float fy = ROOT_OF_Y[light];
        float y = Y[light];
        float x = WHITE_X * LabColour.cube(fy + first * (1 / 500f));
        float z = WHITE_Z * LabColour.cube(fy - second * (1 / 200f));
        return (toByte(3.240479f * x - 1.53715f * y - 0.498535f * z) << 16)
                | (toByte(-0.969256f * x + 1.875991f * y + 0.041556f * z) << 8)
                | toByte(0.055648f * x - 0.204043f * y + 1.057311f * z);
    }

    private static int toByte(float linear) {
        if (linear <= 0) {
            return 0;
        }
        if (linear >= 1) {
            return BYTES - 1;
        }
        int value = BYTE_OF_STEP[(int) (linear * STEPS)] & 0xFF;
        return linear < NEXT_FROM[value] ? value : value + 1;
    }
}
