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

    /// Cosine of the angle between the two, -1 to 1: pictures of one person are above 0.95 as a
    /// rule, two persons' usually below 0.9.
    public double cosine(Embedding other) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < SIZE; i++) {
            product += (double) values[i] * other.values[i];
            squares += (double) values[i] * values[i];
            otherSquares += (double) other.values[i] * other.values[i];
        }
        return product / Math.sqrt(squares * otherSquares);
    }
}
