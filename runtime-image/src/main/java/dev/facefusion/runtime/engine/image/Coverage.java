package dev.facefusion.runtime.engine.image;

/// Which source pixels each pixel of a shrunk row or column covers, and by how much.
final class Coverage {

    /// Less than this share of a source pixel is left out, as in OpenCV.
    private static final double SLIVER = 1e-3;

    private final int[] firsts;
    private final float[][] weights;

    private Coverage(int[] firsts, float[][] weights) {
        this.firsts = firsts;
        this.weights = weights;
    }

    /// @param from first pixel of the result that is wanted
    /// @param to one past the last
    /// @param scale source pixels per pixel of the result
    static Coverage of(int sourceSize, int from, int to, double scale) {
        var firsts = new int[to - from];
        var weights = new float[to - from][];
        for (int i = from; i < to; i++) {
            var start = i * scale;
            var end = Math.min(start + scale, sourceSize);
            var cell = Math.min(scale, sourceSize - start);
            int whole = Math.min((int) Math.ceil(start), sourceSize - 1);
            int last = Math.max(whole, Math.min((int) Math.floor(end), sourceSize - 1));
            boolean before = whole - start > SLIVER;
            boolean after = end - last > SLIVER;
            int first = before ? whole - 1 : whole;
            int count = Math.max(1, last - first + (after ? 1 : 0));
            var share = new float[count];
            double total = 0;
            for (int k = 0; k < count; k++) {
                var covered = Math.min(first + k + 1, end) - Math.max(first + k, start);
                share[k] = (float) (covered / cell);
                total += share[k];
            }
            for (int k = 0; k < count; k++) {
                share[k] /= (float) total;
            }
            firsts[i - from] = first;
            weights[i - from] = share;
        }
        return new Coverage(firsts, weights);
    }

    int first(int index) {
        return firsts[index];
    }

    int end(int index) {
        return firsts[index] + weights[index].length;
    }

    float weight(int index, int source) {
        return weights[index][source - firsts[index]];
    }
}
