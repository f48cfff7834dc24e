package dev.facefusion.runtime.engine.image;

/// How 8-bit Y, Cb and Cr stand for 8-bit R, G and B, by ITU-T H.273.
///
/// @param redWeight share of red in the luma, Kr
/// @param blueWeight share of blue in the luma, Kb
/// @param fullRange Y, Cb and Cr go from 0 to 255; otherwise Y from 16 to 235, the others to 240
public record YuvColour(double redWeight, double blueWeight, boolean fullRange) {

    public static YuvColour bt601(boolean fullRange) {
        return new YuvColour(0.299, 0.114, fullRange);
    }

    public static YuvColour bt709(boolean fullRange) {
        return new YuvColour(0.2126, 0.0722, fullRange);
    }

    public static YuvColour bt2020(boolean fullRange) {
        return new YuvColour(0.2627, 0.0593, fullRange);
    }

    /// What R, G and B of 0 to 255 are as Y, Cb and Cr, without rounding.
    public void fromRgb(Layer rgb, Layer yuv) {
        yuv.reshape(rgb.width(), rgb.height());
        float redShare = (float) redWeight;
        float greenShare = (float) greenWeight();
        float blueShare = (float) blueWeight;
        float ofBlue = (float) (chromaScale() / (1 - blueWeight));
        float ofRed = (float) (chromaScale() / (1 - redWeight));
        float scale = lumaScale();
        for (int i = 0; i < rgb.width() * rgb.height(); i++) {
            float red = rgb.first().values()[i];
            float blue = rgb.third().values()[i];
            float light = redShare * red + greenShare * rgb.second().values()[i] + blueShare * blue;
            yuv.first().values()[i] = black() + scale * light;
            yuv.second().values()[i] = 128 + ofBlue * (blue - light);
            yuv.third().values()[i] = 128 + ofRed * (red - light);
        }
    }

    double greenWeight() {
        return 1 - redWeight - blueWeight;
    }

    /// What a step of Cr adds to R.
    double redOfCr() {
        return (1 - redWeight) / chromaScale();
    }

    /// What a step of Cb takes from G.
    double greenOfCb() {
        return blueWeight * (1 - blueWeight) / greenWeight() / chromaScale();
    }

    /// What a step of Cr takes from G.
    double greenOfCr() {
        return redWeight * (1 - redWeight) / greenWeight() / chromaScale();
    }

    /// What a step of Cb adds to B.
    double blueOfCb() {
        return (1 - blueWeight) / chromaScale();
    }

    /// Y of black.
    int black() {
        return fullRange ? 0 : 16;
    }

    /// Steps of Y for one of R, G and B together.
    public float lumaScale() {
        return fullRange ? 1 : 219f / 255;
    }

    /// Steps of Cb or Cr for one of (B - Y) / (1 - Kb) or (R - Y) / (1 - Kr).
    double chromaScale() {
        return fullRange ? 0.5 : 112.0 / 255;
    }
}
