package dev.facefusion.runtime.engine.image;

/// Lays pictures out as models want them: each value becomes `value * scale + offset`.
public final class TensorLayout {

    private TensorLayout() {}

    /// Row by row, R, G, B per pixel: NHWC.
    public static void channelsLast(Picture picture, float scale, float offset, float[] tensor) {
        var rgb = picture.rgb();
        for (int i = 0; i < rgb.length; i++) {
            tensor[i] = (rgb[i] & 0xFF) * scale + offset;
        }
    }

    /// All of R, then all of G, then all of B: NCHW.
    public static void channelsFirst(Picture picture, float scale, float offset, float[] tensor) {
        var rgb = picture.rgb();
        int size = picture.width() * picture.height();
        for (int i = 0; i < size; i++) {
            tensor[i] = (rgb[3 * i] & 0xFF) * scale + offset;
            tensor[size + i] = (rgb[3 * i + 1] & 0xFF) * scale + offset;
            tensor[2 * size + i] = (rgb[3 * i + 2] & 0xFF) * scale + offset;
        }
    }

    /// All of R, then all of G, then all of B: NCHW.
    public static void channelsFirst(Picture picture, Normalisation values, float[] tensor) {
        var rgb = picture.rgb();
        int size = picture.width() * picture.height();
        for (int c = 0; c < 3; c++) {
            float scale = values.scale(c);
            float offset = values.offset(c);
            for (int i = 0; i < size; i++) {
                tensor[c * size + i] = (rgb[3 * i + c] & 0xFF) * scale + offset;
            }
        }
    }
}
