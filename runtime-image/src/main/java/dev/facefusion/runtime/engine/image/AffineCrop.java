package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.Affine;

/// Cuts an upright square out of a picture, by linear interpolation.
public final class AffineCrop {

    private AffineCrop() {}

    /// Fills the crop.
    ///
    /// @param toCrop map from the canvas to the crop
    /// @param crop of an even width
    public static void cut(Canvas canvas, Affine toCrop, Border border, Picture crop) {
        var back = toCrop.inverse();
        switch (canvas) {
            case Picture picture -> cutPicture(picture, back, border, crop);
            case YuvCanvas frame -> cutFrame(frame, back, border, crop);
        }
    }

    private static void cutFrame(YuvCanvas frame, Affine back, Border border, Picture crop) {
        int width = crop.width();
        for (int y = 0; y < crop.height(); y++) {
            var row = frame.along(border, back.x(0, y), back.y(0, y), back.xx(), back.yx(), width);
            PackedRow.store(row, width, crop.rgb(), 3 * y * width);
        }
    }

    private static void cutPicture(Picture picture, Affine back, Border border, Picture crop) {
        for (int y = 0; y < crop.height(); y++) {
            for (int x = 0; x < crop.width(); x++) {
                var sourceX = back.x(x, y);
                var sourceY = back.y(x, y);
                int at = 3 * (y * crop.width() + x);
                if (hasNeighbours(picture, sourceX, sourceY)) {
                    between(picture, sourceX, sourceY, crop.rgb(), at);
                } else {
                    edge(picture, border, sourceX, sourceY, crop.rgb(), at);
                }
            }
        }
    }

    /// Whether all four pixels around a place are in the picture.
    private static boolean hasNeighbours(Picture picture, double x, double y) {
        return x >= 0 && y >= 0 && x < picture.width() - 1 && y < picture.height() - 1;
    }

    private static void between(Picture picture, double x, double y, byte[] to, int at) {
        var from = picture.rgb();
        int left = (int) x;
        int top = (int) y;
        float right = (float) (x - left);
        float down = (float) (y - top);
        int above = 3 * (top * picture.width() + left);
        int below = above + 3 * picture.width();
        to[at] = (byte) Bilinear.rounded(from, above, below, 3, right, down);
        to[at + 1] = (byte) Bilinear.rounded(from, above + 1, below + 1, 3, right, down);
        to[at + 2] = (byte) Bilinear.rounded(from, above + 2, below + 2, 3, right, down);
    }

    private static void edge(
            Picture picture, Border border, double x, double y, byte[] to, int at) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        float right = (float) (x - left);
        float down = (float) (y - top);
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
