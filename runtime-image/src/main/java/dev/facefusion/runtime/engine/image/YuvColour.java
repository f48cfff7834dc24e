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

    double greenWeight() {
        return 1 - redWeight - blueWeight;
    }

    /// Y of black.
    int black() {
        return fullRange ? 0 : 16;
    }

    /// Steps of Y for one of R, G and B together.
    double lumaScale() {
        return fullRange ? 1 : 219.0 / 255;
    }

    /// Steps of Cb or Cr for one of (B - Y) / (1 - Kb) or (R - Y) / (1 - Kr).
    double chromaScale() {
        return fullRange ? 0.5 : 112.0 / 255;
    }
}
