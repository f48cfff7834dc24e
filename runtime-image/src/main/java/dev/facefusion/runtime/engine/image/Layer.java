package dev.facefusion.runtime.engine.image;

/// Three planes of one size: R, G, B in 0 to 255, or L, a, b.
public record Layer(Plane first, Plane second, Plane third) {

    public Layer() {
        this(new Plane(), new Plane(), new Plane());
    }

    public Layer reshape(int width, int height) {
        first.reshape(width, height);
        second.reshape(width, height);
        third.reshape(width, height);
        return this;
    }

    /// Plane 0, 1 or 2.
    public Plane plane(int channel) {
        return switch (channel) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            default -> throw new IllegalArgumentException("no such channel: " + channel);
        };
    }

    public int width() {
        return first.width();
    }

    public int height() {
        return first.height();
    }

    /// Takes over a part of a picture.
    public void read(Picture picture, PixelBox part) {
        reshape(part.width(), part.height());
        var r = first.values();
        var g = second.values();
        var b = third.values();
        var rgb = picture.rgb();
        int to = 0;
        for (int y = part.top(); y < part.bottom(); y++) {
            int from = 3 * (y * picture.width() + part.left());
            for (int x = 0; x < part.width(); x++) {
                r[to] = rgb[from] & 0xFF;
                g[to] = rgb[from + 1] & 0xFF;
                b[to] = rgb[from + 2] & 0xFF;
                to++;
                from += 3;
            }
        }
    }
}
