package dev.facefusion.runtime.engine.image;

/// sRGB to CIE L\*a\*b\* (D65) and back: L in 0 to 100, a and b around 0.
///
/// The curves are tables with linear interpolation; the error is below 0.01 of an 8-bit step.
public final class LabColour {

    static final float WHITE_X = 0.950456f;
    static final float WHITE_Z = 1.088754f;
    static final float THRESHOLD = 0.008856f;
    static final float SLOPE = 7.787f;
    static final float OFFSET = 16f / 116;

    private static final Curve LINEAR = new Curve(4080, 255, v -> linear(v / 255));
    static final Curve ROOT = new Curve(8192, 1.02, LabColour::root);
    private static final Curve GAMMA = new Curve(8192, 1, v -> 255 * gamma(v));

    private LabColour() {}

    /// Converts what lies in the window.
    ///
    /// @param rgb 0 to 255
    public static void toLab(Layer rgb, Layer lab, PixelBox window) {
        lab.reshape(rgb.width(), rgb.height());
        for (int y = window.top(); y < window.bottom(); y++) {
            int end = y * rgb.width() + window.right();
            for (int i = y * rgb.width() + window.left(); i < end; i++) {
                toLab(rgb, lab, i);
            }
        }
    }

    private static void toLab(Layer rgb, Layer lab, int at) {
        float r = LINEAR.at(rgb.first().values()[at]);
        float g = LINEAR.at(rgb.second().values()[at]);
        float b = LINEAR.at(rgb.third().values()[at]);
        float y = 0.212671f * r + 0.715160f * g + 0.072169f * b;
        float fx = ROOT.at((0.412453f * r + 0.357580f * g + 0.180423f * b) * (1 / WHITE_X));
        float fy = ROOT.at(y);
        float fz = ROOT.at((0.019334f * r + 0.119193f * g + 0.950227f * b) * (1 / WHITE_Z));
        lab.first().values()[at] = y > THRESHOLD ? 116 * fy - 16 : 903.3f * y;
        lab.second().values()[at] = 500 * (fx - fy);
        lab.third().values()[at] = 200 * (fy - fz);
    }

    /// Converts one pixel back. What sRGB cannot show is cut off, in the Lab layer too.
    ///
    /// @param rgb becomes 0 to 255
    public static void toRgb(Layer lab, Layer rgb, int at) {
        if (show(lab, rgb, at)) {
            toLab(rgb, lab, at);
        }
    }

    /// Converts one pixel back; the Lab layer stays as it is.
    ///
    /// @param rgb becomes 0 to 255
    /// @return whether sRGB cannot show the colour and it was cut off
    public static boolean show(Layer lab, Layer rgb, int at) {
        float light = lab.first().values()[at];
        float fy;
        float y;
        if (light <= 8) {
            y = light * (1 / 903.3f);
            fy = SLOPE * y + OFFSET;
        } else {
            fy = (light + 16) * (1 / 116f);
            y = fy * fy * fy;
        }
        float x = WHITE_X * cube(fy + lab.second().values()[at] * (1 / 500f));
        float z = WHITE_Z * cube(fy - lab.third().values()[at] * (1 / 200f));
        float r = 3.240479f * x - 1.53715f * y - 0.498535f * z;
        float g = -0.969256f * x + 1.875991f * y + 0.041556f * z;
        float b = 0.055648f * x - 0.204043f * y + 1.057311f * z;
        rgb.first().values()[at] = GAMMA.at(r);
        rgb.second().values()[at] = GAMMA.at(g);
        rgb.third().values()[at] = GAMMA.at(b);
        return Math.min(r, Math.min(g, b)) < 0 || Math.max(r, Math.max(g, b)) > 1;
    }

    static float cube(float f) {
        return f > 6f / 29 ? f * f * f : (f - OFFSET) * (1 / SLOPE);
    }

    static double root(double t) {
        return t > THRESHOLD ? Math.cbrt(t) : SLOPE * t + OFFSET;
    }

    static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    static double gamma(double v) {
        return v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055;
    }
}
