package dev.facefusion.runtime.engine.analyse;

/// The identity of a face as a point in 128 dimensions; biometric data of the person shown.
public final class Embedding {

    static final int SIZE = 128;

    private final float[] values;

    Embedding(float[] values) {
        this.values = values;
    }

    /// Euclidean distance: two pictures of one person are usually less than 0.6 apart.
    public double distanceTo(Embedding other) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            double difference = values[i] - other.values[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
