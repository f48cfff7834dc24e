package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.image.Layer;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.image.PolygonFill;

/// How much a pixel's colour is that of the cheeks: hair, hats and rims are not.
final class SkinLikeness {

    /// In units of the cheeks' spread: surely skin below the first, surely not above the second.
    private static final float NEAR = 3;

    private static final float FAR = 6;

    /// Even cheeks are allowed some spread, in L, a and b.
    private static final double[] MIN_SPREAD = {9, 4, 4};

    private static final int MIN_CHEEK_PIXELS = 8;

    private final Plane cheeks = new Plane();
    private final float[] mean = new float[3];
    private final float[] perSpread = new float[3];

    /// Fills the window of `weight` with 1 for skin, 0 for anything else, and values between; with
    /// 1 throughout if no cheek can be seen.
    void weigh(Layer lab, FaceRegion region, PixelBox window, Plane weight) {
        weight.reshape(lab.width(), lab.height());
        if (!measureCheeks(lab, region)) {
            weight.fill(1);
            return;
        }
        var l = lab.first().values();
        var a = lab.second().values();
        var b = lab.third().values();
        var to = weight.values();
        for (int y = window.top(); y < window.bottom(); y++) {
            int end = y * lab.width() + window.right();
            for (int i = y * lab.width() + window.left(); i < end; i++) {
                float dl = (l[i] - mean[0]) * perSpread[0];
                float da = (a[i] - mean[1]) * perSpread[1];
                float db = (b[i] - mean[2]) * perSpread[2];
                float distance = (float) Math.sqrt(dl * dl + da * da + db * db);
                to[i] = Math.clamp((FAR - distance) / (FAR - NEAR), 0f, 1f);
            }
        }
    }

    private boolean measureCheeks(Layer lab, FaceRegion region) {
        cheeks.reshape(lab.width(), lab.height()).fill(0);
        FaceShape.cheeks(region.face()).forEach(cheek -> PolygonFill.fill(cheeks, cheek, 1));
        for (int channel = 0; channel < 3; channel++) {
            var values = lab.plane(channel).values();
            int count = 0;
            double sum = 0;
            double squares = 0;
            for (int y = region.inner().top(); y < region.inner().bottom(); y++) {
                int end = y * lab.width() + region.inner().right();
                for (int i = y * lab.width() + region.inner().left(); i < end; i++) {
                    if (cheeks.values()[i] > 0) {
                        count++;
                        sum += values[i];
                        squares += (double) values[i] * values[i];
                    }
                }
            }
            if (count < MIN_CHEEK_PIXELS) {
                return false;
            }
            var average = sum / count;
            var spread = Math.sqrt(Math.max(0, squares / count - average * average));
            mean[channel] = (float) average;
            perSpread[channel] = (float) (1 / Math.max(spread, MIN_SPREAD[channel]));
        }
        return true;
    }
}
