package dev.facefusion.tests.identity;

/// A face as the embedding model describes it: 128 numbers, close for one person and far apart for
/// two.
public final class Identity {
    private final float[] embedding;

    Identity(float[] embedding) {
        this.embedding = embedding;
    }

    /// L2 distance; pictures of one person are customarily below 0.6.
    public double distanceTo(Identity other) {
        double sum = 0;
        for (int i = 0; i < embedding.length; i++) {
            double difference = embedding[i] - other.embedding[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
