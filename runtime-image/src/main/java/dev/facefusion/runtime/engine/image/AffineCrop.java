package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.Affine;

/// Cuts an upright square out of a picture, by linear interpolation.
public final class AffineCrop {

    private AffineCrop() {}

    /// Fills the crop.
    ///
    /// @param toCrop map from the picture to the crop
    public static void cut(Picture picture, Affine toCrop, Border border, Picture crop) {
        var back = toCrop.inverse();
        var to = crop.rgb();
        int at = 0;
        for (int y = 0; y < crop.height(); y++) {
            for (int x = 0; x < crop.width(); x++) {
                var sourceX = back.x(x, y);
                var sourceY = back.y(x, y);
                int left = (int) Math.floor(sourceX);
                int top = (int) Math.floor(sourceY);
                float right = (float) (sourceX - left);
                float down = (float) (sourceY - top);
                if (left >= 0
                        && top >= 0
                        && left + 1 < picture.width()
                        && top + 1 < picture.height()) {
                    int above = 3 * (top * picture.width() + left);
                    int below = above + 3 * picture.width();
                    for (int c = 0; c < 3; c++) {
                        to[at + c] =
                                (byte)
                                        Bilinear.rounded(
                                                picture.rgb(),
                                                above + c,
                                                below + c,
                                                3,
                                                right,
                                                down);
                    }
                } else {
                    edge(picture, border, left, top, right, down, to, at);
                }
                at += 3;
            }
        }
    }

    private static void edge(
            Picture picture,
            Border border,
            int left,
            int top,
            float right,
            float down,
            byte[] to,
            int at) {
        for (int channel = 0; channel < 3; channel++) {
            float above =
                    (1 - right) * value(picture, border, left, top, channel)
                            + right * value(picture, border, left + 1, top, channel);
            float below =
                    (1 - right) * value(picture, border, left, top + 1, channel)
                            + right * value(picture, border, left + 1, top + 1, channel);
            to[at + channel] = (byte) ((1 - down) * above + down * below + 0.5f);
        }
    }

    private static int value(Picture picture, Border border, int x, int y, int channel) {
        boolean outside = x < 0 || y < 0 || x >= picture.width() || y >= picture.height();
        if (outside && border == Border.BLACK) {
            return 0;
        }
        int column = Math.clamp(x, 0, picture.width() - 1);
        int row = Math.clamp(y, 0, picture.height() - 1);
        return picture.rgb()[3 * (row * picture.width() + column) + channel] & 0xFF;
    }
}
