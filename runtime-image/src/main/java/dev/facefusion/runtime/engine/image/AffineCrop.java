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
        for (int y = 0; y < crop.height(); y++) {
            if (hasNeighbours(back, 0, y, picture)
                    && hasNeighbours(back, crop.width() - 1, y, picture)) {
                insideRow(picture, back, y, crop);
            } else {
                row(picture, back, y, border, crop);
            }
        }
    }

    /// Whether all four pixels around a place are in the picture.
    private static boolean hasNeighbours(Affine back, int x, int y, Picture picture) {
        var sourceX = back.x(x, y);
        var sourceY = back.y(x, y);
        return sourceX >= 0
                && sourceY >= 0
                && sourceX < picture.width() - 1
                && sourceY < picture.height() - 1;
    }

    /// A row whose ends have their neighbours, and so all between them.
    private static void insideRow(Picture picture, Affine back, int y, Picture crop) {
        var from = picture.rgb();
        int stride = 3 * picture.width();
        var to = crop.rgb();
        int start = 3 * y * crop.width();
        for (int x = 0; x < crop.width(); x++) {
            var sourceX = back.x(x, y);
            var sourceY = back.y(x, y);
            int left = (int) sourceX;
            int top = (int) sourceY;
            float right = (float) (sourceX - left);
            float down = (float) (sourceY - top);
            int above = top * stride + 3 * left;
            int below = above + stride;
            int at = start + 3 * x;
            to[at] = (byte) Bilinear.rounded(from, above, below, 3, right, down);
            to[at + 1] = (byte) Bilinear.rounded(from, above + 1, below + 1, 3, right, down);
            to[at + 2] = (byte) Bilinear.rounded(from, above + 2, below + 2, 3, right, down);
        }
    }

    private static void row(Picture picture, Affine back, int y, Border border, Picture crop) {
        for (int x = 0; x < crop.width(); x++) {
            var sourceX = back.x(x, y);
            var sourceY = back.y(x, y);
            int left = (int) Math.floor(sourceX);
            int top = (int) Math.floor(sourceY);
            float right = (float) (sourceX - left);
            float down = (float) (sourceY - top);
            int at = 3 * (y * crop.width() + x);
            edge(picture, border, left, top, right, down, crop.rgb(), at);
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
