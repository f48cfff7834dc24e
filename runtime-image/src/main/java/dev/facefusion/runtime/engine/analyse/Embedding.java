package dev.facefusion.runtime.engine.analyse;

import java.util.List;

/// The identity of a face as a point in many dimensions; biometric data of the person shown.
///
/// It holds the vector as the model gives it and the same scaled to length one, because models that
/// take an identity want the one or the other.
public final class Embedding {

    private final float[] raw;
    private final float[] normalised;

    private Embedding(float[] raw, float[] normalised) {
        this.raw = raw;
        this.normalised = normalised;
    }

    /// The identity that a recogniser says.
    ///
    /// @param raw not all zero; it is kept, not copied
    public static Embedding of(float[] raw) {
        double squares = 0;
        for (float value : raw) {
            squares += (double) value * value;
        }
        var length = Math.sqrt(squares);
        var normalised = new float[raw.length];
        for (int i = 0; i < raw.length; i++) {
            normalised[i] = (float) (raw[i] / length);
        }
        return new Embedding(raw, normalised);
    }

    /// The mean of several pictures of one person, of both vectors on their own: that of the
    /// normalised ones is shorter than one, as FaceFusion has it.
    ///
    /// @param embeddings at least one, all of one model
    public static Embedding mean(List<Embedding> embeddings) {
        return new Embedding(
                mean(embeddings.stream().map(Embedding::raw).toList(), embeddings.size()),
                mean(embeddings.stream().map(Embedding::normalised).toList(), embeddings.size()));
    }

    private static float[] mean(List<float[]> vectors, int count) {
        var mean = new float[vectors.getFirst().length];
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (var vector : vectors) {
                sum += vector[i];
            }
            mean[i] = (float) (sum / count);
        }
        return mean;
    }

    /// The vector as the model gives it; itself, not a copy.
    public float[] raw() {
        return raw;
    }

    /// The vector at length one, or the mean of such; itself, not a copy.
    public float[] normalised() {
        return normalised;
    }

    /// Euclidean distance of the raw vectors: with the bundled recogniser, two pictures of one
    /// person are usually less than 0.6 apart.
    public double distanceTo(Embedding other) {
        double sum = 0;
        for (int i = 0; i < raw.length; i++) {
            double difference = raw[i] - other.raw[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }

    /// Cosine of the angle between the two, -1 to 1: with the bundled recogniser, pictures of one
    /// person are above 0.95 as a rule, two persons' usually below 0.9.
    public double cosine(Embedding other) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < raw.length; i++) {
            product += (double) raw[i] * other.raw[i];
            squares += (double) raw[i] * raw[i];
            otherSquares += (double) other.raw[i] * other.raw[i];
        }
        return product / Math.sqrt(squares * otherSquares);
    }
}
