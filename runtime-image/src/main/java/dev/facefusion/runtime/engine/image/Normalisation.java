package dev.facefusion.runtime.engine.image;

/// How a model wants the values 0 to 255 of a picture: `value / 255` less a mean, divided by a
/// deviation, for R, G and B.
public final class Normalisation {

    /// 0 to 1.
    public static final Normalisation UNIT =
            new Normalisation(new double[3], new double[] {1, 1, 1});

    /// -1 to 1.
    public static final Normalisation SIGNED =
            new Normalisation(new double[] {0.5, 0.5, 0.5}, new double[] {0.5, 0.5, 0.5});

    /// ImageNet's means and deviations.
    public static final Normalisation IMAGENET =
            new Normalisation(
                    new double[] {0.485, 0.456, 0.406}, new double[] {0.229, 0.224, 0.225});

    private final float[] scale = new float[3];
    private final float[] offset = new float[3];

    private Normalisation(double[] mean, double[] deviation) {
        for (int c = 0; c < 3; c++) {
            scale[c] = (float) (1 / (255 * deviation[c]));
            offset[c] = (float) (-mean[c] / deviation[c]);
        }
    }

    /// What a channel's values are multiplied by.
    ///
    /// @param channel 0 for R, 1 for G, 2 for B
    public float scale(int channel) {
        return scale[channel];
    }

    /// What is added then.
    public float offset(int channel) {
        return offset[channel];
    }
}
