package dev.facefusion.runtime.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabRoundTripTest {

    // The lightness that is published of sRGB's corners, times 2.55: 53.24, 87.73, 32.30, 97.14.
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "255, 255, 255, 255",
        "255, 0, 0, 136",
        "0, 255, 0, 224",
        "0, 0, 255, 82",
        "255, 255, 0, 248",
    })
    void tellsTheLightness(int red, int green, int blue, int light) {
        assertThat(LabRoundTrip.of(red, green, blue) >>> 24).isEqualTo(light);
    }

    // By CIE's formulas in floating point, rounded where OpenCV rounds.
    @Test
    void comesBackAsTheFormulasSay() {
        for (int red = 0; red < 256; red += 15) {
            for (int green = 0; green < 256; green += 15) {
                for (int blue = 0; blue < 256; blue += 15) {
                    var expected = exact(red, green, blue);
                    int found = LabRoundTrip.of(red, green, blue);
                    for (int channel = 0; channel < 3; channel++) {
                        assertThat((found >>> (16 - 8 * channel)) & 0xFF)
                                .as("%d, %d, %d", red, green, blue)
                                .isCloseTo(expected[channel], within(1));
                    }
                }
            }
        }
    }

    private static int[] exact(int red, int green, int blue) {
        double r = linear(red / 255.0);
        double g = linear(green / 255.0);
        double b = linear(blue / 255.0);
        double x = f((0.412453 * r + 0.357580 * g + 0.180423 * b) / 0.950456);
        double y = f(0.212671 * r + 0.715160 * g + 0.072169 * b);
        double z = f((0.019334 * r + 0.119193 * g + 0.950227 * b) / 1.088754);
        double light = Math.rint((116 * y - 16) * 2.55) / 2.55;
        double first = Math.rint(500 * (x - y));
        double second = Math.rint(200 * (y - z));
        double fy = (light + 16) / 116;
        double backX = 0.950456 * inverse(fy + first / 500);
        double backY = inverse(fy);
        double backZ = 1.088754 * inverse(fy - second / 200);
        return new int[] {
            shown(3.240479 * backX - 1.537150 * backY - 0.498535 * backZ),
            shown(-0.969256 * backX + 1.875991 * backY + 0.041556 * backZ),
            shown(0.055648 * backX - 0.204043 * backY + 1.057311 * backZ)
        };
    }

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double inverse(double f) {
        return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389;
    }

    private static int shown(double linear) {
        double v = Math.max(0, Math.min(1, linear));
        return (int)
                Math.rint(
                        255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * Math.pow(v, 1 / 2.4) - 0.055));
    }
}
