package dev.facefusion.runtime.engine.image;

import java.util.Arrays;

/// One channel of floats, row by row, that can be used again for another size.
public final class Plane {

    /// A buffer this many times too large is given back to the garbage collector.
    private static final int WASTE = 8;

    /// A new buffer has room for planes larger by a part in so many: a face that comes closer needs
    /// a little more in every frame.
    private static final int SLACK = 8;

    private int width;
    private int height;
    private float[] values = {};

    /// Takes another size; the values are undefined until written.
    public Plane reshape(int newWidth, int newHeight) {
        int size = Math.multiplyExact(newWidth, newHeight);
        if (values.length < size || values.length / WASTE > size) {
            values = new float[size + size / SLACK];
        }
        width = newWidth;
        height = newHeight;
        return this;
    }

    public Plane reshape(Plane like) {
        return reshape(like.width, like.height);
    }

    /// Takes another plane's size and values.
    public Plane copy(Plane other) {
        reshape(other);
        System.arraycopy(other.values, 0, values, 0, width * height);
        return this;
    }

    public Plane fill(float value) {
        Arrays.fill(values, 0, width * height, value);
        return this;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public PixelBox bounds() {
        return PixelBox.of(width, height);
    }

    /// The values themselves, not a copy; only the first `width * height` are in use.
    public float[] values() {
        return values;
    }
}
