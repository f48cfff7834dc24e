package dev.facefusion.runtime.engine.image;

import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import java.util.Arrays;

/// A picture turned and then framed in black, without a copy.
///
/// A turn is FaceFusion's: about the corner of the pixels' grid, so that a turned picture lies one
/// pixel further than one whose pixels are only rearranged, and the line that it leaves is black.
///
/// @param left black columns, as those at the other sides
public record PictureView(
        Canvas canvas, QuarterTurn turn, int top, int right, int bottom, int left) {

    /// Without a frame.
    public PictureView(Canvas canvas, QuarterTurn turn) {
        this(canvas, turn, 0, 0, 0, 0);
    }

    /// Whether it shows the picture as it is.
    boolean isPlain() {
        return turn == QuarterTurn.NONE && (top | right | bottom | left) == 0;
    }

    public int width() {
        return left + turnedWidth() + right;
    }

    public int height() {
        return top + turnedHeight() + bottom;
    }

    private int turnedWidth() {
        return sideways() ? canvas.height() : canvas.width();
    }

    private int turnedHeight() {
        return sideways() ? canvas.width() : canvas.height();
    }

    private boolean sideways() {
        return turn == QuarterTurn.LEFT || turn == QuarterTurn.RIGHT;
    }

    /// The place in the picture of a point of the view.
    public Point back(Point point) {
        return turn.back(
                new Point(point.x() - left, point.y() - top), canvas.width(), canvas.height());
    }

    /// Where a column's share of the place of a pixel's R lies in [Picture#rgb]; the row's share is
    /// to be added.
    ///
    /// @return [#BLACK] if the column is black
    int column(int x) {
        int column = x - left;
        int first = turn == QuarterTurn.RIGHT || turn == QuarterTurn.HALF ? 1 : 0;
        if (column < first || column >= turnedWidth()) {
            return BLACK;
        }
        return switch (turn) {
            case NONE -> 3 * column;
            case LEFT -> 3 * canvas.width() * column;
            case HALF -> 3 * (canvas.width() - column);
            case RIGHT -> 3 * canvas.width() * (canvas.height() - column);
        };
    }

    /// The row's share.
    ///
    /// @return [#BLACK] if the row is black
    int row(int y) {
        int row = y - top;
        int first = turn == QuarterTurn.LEFT || turn == QuarterTurn.HALF ? 1 : 0;
        if (row < first || row >= turnedHeight()) {
            return BLACK;
        }
        return switch (turn) {
            case NONE -> 3 * canvas.width() * row;
            case LEFT -> 3 * (canvas.width() - row);
            case HALF -> 3 * canvas.width() * (canvas.height() - row);
            case RIGHT -> 3 * row;
        };
    }

    /// Takes its pixels over, row by row.
    ///
    /// @param pixels blue, green and red of each, a byte each from the third highest on
    public void readBgr(int[] pixels) {
        var rgb = canvas.picture().rgb();
        var columns = new int[width()];
        Arrays.setAll(columns, this::column);
        int to = 0;
        for (int y = 0; y < height(); y++) {
            int row = row(y);
            for (int column : columns) {
                if (row == BLACK || column == BLACK) {
                    pixels[to] = 0;
                } else {
                    int from = row + column;
                    pixels[to] =
                            ((rgb[from + 2] & 0xFF) << 16)
                                    | ((rgb[from + 1] & 0xFF) << 8)
                                    | (rgb[from] & 0xFF);
                }
                to++;
            }
        }
    }

    /// No place of any picture.
    static final int BLACK = Integer.MIN_VALUE;
}
