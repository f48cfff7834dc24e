package dev.facefusion.runtime.engine.image;

/// Another size by linear interpolation between pixel centres. What is shrunk is not averaged: it
/// aliases, as OpenCV's `INTER_LINEAR` does.
public final class BilinearResize {

    private int[] left = {};
    private float[] share = {};

    /// Fills a plane of the given size.
    public void resize(Plane source, int width, int height, Plane target) {
        target.reshape(width, height);
        places(source.width(), width);
        var from = source.values();
        var to = target.values();
        var scale = (double) source.height() / height;
        int lastColumn = source.width() - 1;
        for (int y = 0; y < height; y++) {
            var place = Math.clamp((y + 0.5) * scale - 0.5, 0, source.height() - 1.0);
            int upper = (int) place;
            int lower = Math.min(upper + 1, source.height() - 1);
            float down = (float) (place - upper);
            int a = upper * source.width();
            int b = lower * source.width();
            for (int x = 0; x < width; x++) {
                int column = left[x];
                int next = Math.min(column + 1, lastColumn);
                float right = share[x];
                float above = from[a + column] + right * (from[a + next] - from[a + column]);
                float below = from[b + column] + right * (from[b + next] - from[b + column]);
                to[y * width + x] = above + down * (below - above);
            }
        }
    }

    private void places(int sourceWidth, int width) {
        if (left.length < width) {
            left = new int[width];
            share = new float[width];
        }
        var scale = (double) sourceWidth / width;
        for (int x = 0; x < width; x++) {
            var place = Math.clamp((x + 0.5) * scale - 0.5, 0, sourceWidth - 1.0);
            left[x] = (int) place;
            share[x] = (float) (place - left[x]);
        }
    }
}
