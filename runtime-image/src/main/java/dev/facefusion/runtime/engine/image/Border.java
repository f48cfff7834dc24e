package dev.facefusion.runtime.engine.image;

/// What lies outside a picture.
public enum Border {
    /// Black.
    BLACK,
    /// The nearest pixel of the edge.
    REPLICATE;

    /// The index inside that stands for one outside when the edge is a mirror that is not itself
    /// repeated (`REFLECT_101`).
    public static int reflect(int index, int size) {
        if (size == 1) {
            return 0;
        }
        int inside = index;
        while (inside < 0 || inside >= size) {
            inside = inside < 0 ? -inside : 2 * size - 2 - inside;
        }
        return inside;
    }
}
