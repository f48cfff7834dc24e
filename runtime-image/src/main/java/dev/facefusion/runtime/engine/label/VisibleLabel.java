package dev.facefusion.runtime.engine.label;

import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import java.util.List;

/// Writes `AI生成` into the lower right corner: white on a plate that is darkened to a quarter of
/// what was there, so that it can be read on any picture.
///
/// The text is at least 5 % of the picture's short side high, as GB 45438-2025 has it (5.2 and
/// 5.4), and not lower than 14 pixels. A picture that is smaller than the label has as much of it
/// as fits.
public final class VisibleLabel {

    /// Height of the text in 1 / share of the picture's short side.
    private static final int SHARE = 20;

    private static final int GAP = 2;
    private static final int RIM = 3;

    private static final List<Glyph> TEXT = Glyph.text();
    private static final int TEXT_WIDTH =
            TEXT.stream().mapToInt(Glyph::width).sum() + GAP * (TEXT.size() - 1);

    /// Writes the label.
    ///
    /// @return what changed
    public PixelBox draw(Canvas canvas) {
        int side = Math.min(canvas.width(), canvas.height());
        int scale = Math.max(1, Math.ceilDiv(Math.ceilDiv(side, SHARE), Glyph.HEIGHT));
        int width = (TEXT_WIDTH + 2 * RIM) * scale;
        int height = (Glyph.HEIGHT + 2 * RIM) * scale;
        var plate =
                new PixelBox(
                        Math.max(0, canvas.width() - width),
                        Math.max(0, canvas.height() - height),
                        canvas.width(),
                        canvas.height());
        canvas.paint(plate, picture -> draw(picture, plate, scale));
        return plate;
    }

    private static void draw(Picture picture, PixelBox plate, int scale) {
        darken(picture, plate);
        int x = plate.left() + RIM * scale;
        for (var glyph : TEXT) {
            write(picture, glyph, x, plate.top() + RIM * scale, scale);
            x += (glyph.width() + GAP) * scale;
        }
    }

    private static void darken(Picture picture, PixelBox plate) {
        var rgb = picture.rgb();
        for (int y = plate.top(); y < plate.bottom(); y++) {
            int from = 3 * (y * picture.width() + plate.left());
            int to = 3 * (y * picture.width() + plate.right());
            for (int i = from; i < to; i++) {
                rgb[i] = (byte) ((rgb[i] & 0xFF) >> 2);
            }
        }
    }

    private static void write(Picture picture, Glyph glyph, int left, int top, int scale) {
        var rgb = picture.rgb();
        int right = Math.min(picture.width(), left + glyph.width() * scale);
        int bottom = Math.min(picture.height(), top + Glyph.HEIGHT * scale);
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                if (glyph.ink((x - left) / scale, (y - top) / scale)) {
                    int at = 3 * (y * picture.width() + x);
                    rgb[at] = (byte) 255;
                    rgb[at + 1] = (byte) 255;
                    rgb[at + 2] = (byte) 255;
                }
            }
        }
    }
}
