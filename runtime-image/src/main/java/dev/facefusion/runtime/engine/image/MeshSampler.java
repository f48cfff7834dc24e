package dev.facefusion.runtime.engine.image;

/// Fetches each pixel of a painted mesh from where its triangle lies in another picture.
public final class MeshSampler {

    private MeshSampler() {}

    /// Fills layer and coverage, which have the map's size.
    ///
    /// @param triangles painted by [TriangleFill]
    /// @param maps six coefficients per triangle: from the layer into the picture
    /// @param covered 1 where a triangle is, else 0; there the layer is black
    public static void sample(
            Picture picture, short[] triangles, float[] maps, Layer layer, Plane covered) {
        var r = layer.first().values();
        var g = layer.second().values();
        var b = layer.third().values();
        var cover = covered.values();
        int stride = 3 * picture.width();
        int right = picture.width() - 1;
        int bottom = picture.height() - 1;
        int at = 0;
        for (int y = 0; y < covered.height(); y++) {
            for (int x = 0; x < covered.width(); x++, at++) {
                if (triangles[at] < 0) {
                    r[at] = 0;
                    g[at] = 0;
                    b[at] = 0;
                    cover[at] = 0;
                    continue;
                }
                int map = 6 * triangles[at];
                float sourceX = maps[map] * x + maps[map + 1] * y + maps[map + 2];
                float sourceY = maps[map + 3] * x + maps[map + 4] * y + maps[map + 5];
                sourceX = Math.max(0, Math.min(sourceX, right));
                sourceY = Math.max(0, Math.min(sourceY, bottom));
                int left = (int) sourceX;
                int top = (int) sourceY;
                int above = stride * top + 3 * left;
                int next = left < right ? 3 : 0;
                int below = top < bottom ? above + stride : above;
                float across = sourceX - left;
                float down = sourceY - top;
                var rgb = picture.rgb();
                r[at] = Bilinear.rounded(rgb, above, below, next, across, down);
                g[at] = Bilinear.rounded(rgb, above + 1, below + 1, next, across, down);
                b[at] = Bilinear.rounded(rgb, above + 2, below + 2, next, across, down);
                cover[at] = 1;
            }
        }
    }
}
