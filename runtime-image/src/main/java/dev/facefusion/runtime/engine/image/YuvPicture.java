package dev.facefusion.runtime.engine.image;

/// A picture of 8-bit Y, Cb and Cr, the latter two at half the size in both directions (4:2:0): the
/// planes one after the other, row by row. Width and height are even.
///
/// Each chroma sample counts for its whole block of 2 x 2 pixels, in either direction, as in
/// ffmpeg's own quick conversion.
public final class YuvPicture {

    private final int width;
    private final int height;
    private final byte[] planes;

    private YuvPicture(int width, int height, byte[] planes) {
        this.width = width;
        this.height = height;
        this.planes = planes;
    }

    /// A picture over the given bytes, which it does not copy.
    public static YuvPicture over(int width, int height, byte[] planes) {
        if (width < 2
                || height < 2
                || width % 2 != 0
                || height % 2 != 0
                || planes.length != bytes(width, height)) {
            throw new IllegalArgumentException(
                    "%d bytes are no 4:2:0 picture of %d x %d"
                            .formatted(planes.length, width, height));
        }
        return new YuvPicture(width, height, planes);
    }

    /// How many bytes a picture takes.
    public static int bytes(int width, int height) {
        return Math.toIntExact((long) width * height * 3 / 2);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /// The planes themselves, not a copy.
    public byte[] planes() {
        return planes;
    }

    /// Where a pixel's Y is.
    public int luma(int x, int y) {
        return y * width + x;
    }

    /// Where the Cb of a pixel's block is; its Cr is as far behind as the plane of Cb is large.
    public int chroma(int x, int y) {
        return width * height + (y >> 1) * (width >> 1) + (x >> 1);
    }

    /// How large the plane of Cb is, and that of Cr.
    public int chromaPlane() {
        return (width >> 1) * (height >> 1);
    }
}
