package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.image.AreaResize;
import dev.facefusion.runtime.engine.image.BilinearResize;
import dev.facefusion.runtime.engine.image.GaussianBlur;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;

/// Gives one layer the colours and the light of another, in Lab.
///
/// 1. Reinhard: each channel gets the other layer's mean and spread, measured where both are skin.
/// 2. Half of what still differs on a large scale is made good, so that the light falls alike.
final class ColourTransfer {

    private static final double MIN_GAIN = 0.6;
    private static final double MAX_GAIN = 1.5;
    private static final float LOCAL_SHARE = 0.5f;

    // Not the other stages': planes that are so much smaller would have it let go of its buffers.
    private final GaussianBlur blur = new GaussianBlur();
    private final AreaResize area = new AreaResize();
    private final BilinearResize bilinear = new BilinearResize();
    private final Plane difference = new Plane();
    private final Plane weightLow = new Plane();
    private final Plane differenceLow = new Plane();
    private final Plane small = new Plane();

    /// Changes the layer inside the window.
    ///
    /// @param weight 1 where both layers are skin, else 0; nothing but 0 outside the window
    void transfer(Layer layer, Layer target, Plane weight, PixelBox window) {
        var count = sum(weight, window);
        var sigma = Math.max(2, Math.sqrt(count) / 5);
        lowPass(weight, sigma, weightLow);
        for (int channel = 0; channel < 3; channel++) {
            var from = layer.plane(channel);
            var to = target.plane(channel);
            adopt(
                    from,
                    Spread.of(from, weight, window, count),
                    Spread.of(to, weight, window, count),
                    window);
            adoptLight(from, to, weight, sigma, window);
        }
    }

    private static double sum(Plane weight, PixelBox window) {
        double sum = 1e-6;
        for (int y = window.top(); y < window.bottom(); y++) {
            int end = y * weight.width() + window.right();
            for (int i = y * weight.width() + window.left(); i < end; i++) {
                sum += weight.values()[i];
            }
        }
        return sum;
    }

    private record Spread(double mean, double deviation) {

        static Spread of(Plane plane, Plane weight, PixelBox window, double count) {
            var values = plane.values();
            var weights = weight.values();
            double sum = 0;
            double squares = 0;
            for (int y = window.top(); y < window.bottom(); y++) {
                int end = y * plane.width() + window.right();
                for (int i = y * plane.width() + window.left(); i < end; i++) {
                    double value = weights[i] * values[i];
                    sum += value;
                    squares += value * values[i];
                }
            }
            var mean = sum / count;
            var variance = Math.max(0, squares / count - mean * mean);
            return new Spread(mean, Math.sqrt(variance) + 1e-6);
        }
    }

    private static void adopt(Plane plane, Spread own, Spread other, PixelBox window) {
        var gain = Math.clamp(other.deviation() / own.deviation(), MIN_GAIN, MAX_GAIN);
        float scale = (float) gain;
        float shift = (float) (other.mean() - own.mean() * gain);
        var values = plane.values();
        for (int y = window.top(); y < window.bottom(); y++) {
            int end = y * plane.width() + window.right();
            for (int i = y * plane.width() + window.left(); i < end; i++) {
                values[i] = values[i] * scale + shift;
            }
        }
    }

    private void adoptLight(
            Plane plane, Plane target, Plane weight, double sigma, PixelBox window) {
        int width = plane.width();
        var values = plane.values();
        var differences = difference.reshape(plane).fill(0).values();
        for (int y = window.top(); y < window.bottom(); y++) {
            int end = y * width + window.right();
            for (int i = y * width + window.left(); i < end; i++) {
                differences[i] = (target.values()[i] - values[i]) * weight.values()[i];
            }
        }
        lowPass(difference, sigma, differenceLow);
        for (int y = window.top(); y < window.bottom(); y++) {
            int end = y * width + window.right();
            for (int i = y * width + window.left(); i < end; i++) {
                values[i] +=
                        LOCAL_SHARE * differenceLow.values()[i] / (weightLow.values()[i] + 1e-4f);
            }
        }
    }

    /// A strong blur, done on a smaller picture where that loses nothing.
    private void lowPass(Plane plane, double sigma, Plane low) {
        int factor = (int) (sigma / 3);
        if (factor < 2) {
            blur.blur(plane, sigma, low);
            return;
        }
        area.shrink(
                plane,
                Math.max(1, plane.width() / factor),
                Math.max(1, plane.height() / factor),
                small);
        blur.blur(small, sigma / factor, small);
        bilinear.resize(small, plane.width(), plane.height(), low);
    }
}
