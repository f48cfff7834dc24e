package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.Point;
import java.util.Arrays;

/// A picture fitted into a square, its sides padded with black.
public final class Letterbox {

    private final AreaResize resize = new AreaResize();
    private final Picture square;

    /// @param size of the square, pixels
    public Letterbox(int size) {
        square = Picture.black(size, size);
    }

    /// The square itself; the next fit overwrites it.
    public Picture square() {
        return square;
    }

    /// Where the picture lies: `square = picture * scale + pad`.
    public record Place(double scaleX, double scaleY, double padX, double padY) {

        public Point toPicture(Point inSquare) {
            return new Point((inSquare.x() - padX) / scaleX, (inSquare.y() - padY) / scaleY);
        }
    }

    /// Fits a picture, the centre on the centre.
    public Place fit(Picture picture) {
        int size = square.width();
        var scale = (double) size / Math.max(picture.width(), picture.height());
        if (scale >= 1) {
            return enlarge(picture, scale);
        }
        int width = Math.max(1, (int) Math.rint(picture.width() * scale));
        int height = Math.max(1, (int) Math.rint(picture.height() * scale));
        int left = (size - width) / 2;
        int top = (size - height) / 2;
        Arrays.fill(square.rgb(), (byte) 0);
        var grid =
                new AreaResize.Grid(
                        (double) picture.width() / width, (double) picture.height() / height);
        resize.shrink(picture, grid, PixelBox.of(width, height), square, left, top);
        return new Place(
                (double) width / picture.width(), (double) height / picture.height(), left, top);
    }

    private Place enlarge(Picture picture, double scale) {
        var padX = (square.width() - picture.width() * scale) / 2;
        var padY = (square.height() - picture.height() * scale) / 2;
        var half = 0.5 * scale - 0.5;
        var place = new Affine(scale, 0, padX + half, 0, scale, padY + half);
        AffineCrop.cut(picture, place, Border.BLACK, square);
        return new Place(scale, scale, padX, padY);
    }
}
