package dev.facefusion.runtime.engine.image;

/// A rectangle of whole pixels.
///
/// @param right one past the last column
/// @param bottom one past the last row
public record PixelBox(int left, int top, int right, int bottom) {

    public static PixelBox of(int width, int height) {
        return new PixelBox(0, 0, width, height);
    }

    public int width() {
        return right - left;
    }

    public int height() {
        return bottom - top;
    }

    public boolean isEmpty() {
        return right <= left || bottom <= top;
    }

    /// This box with a margin, as far as it lies within the bounds.
    public PixelBox grown(int margin, PixelBox bounds) {
        return new PixelBox(
                Math.max(left - margin, bounds.left),
                Math.max(top - margin, bounds.top),
                Math.min(right + margin, bounds.right),
                Math.min(bottom + margin, bounds.bottom));
    }
}
