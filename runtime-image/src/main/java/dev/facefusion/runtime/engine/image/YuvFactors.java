package dev.facefusion.runtime.engine.image;

/// What makes R, G and B of Y, Cb and Cr in whole numbers: `R = luma * Y + redOfCr * (Cr - 128) +
/// base` and so on, each to be shifted right by what the factors and the values were shifted left.
///
/// @param base rounds, and takes off what black has of Y
record YuvFactors(int luma, int base, int redOfCr, int greenOfCb, int greenOfCr, int blueOfCb) {

    /// @param shift of the factors
    /// @param valueShift of Y, Cb and Cr
    static YuvFactors of(YuvColour colour, int shift, int valueShift) {
        int luma = fixed(1.0 / colour.lumaScale(), shift);
        return new YuvFactors(
                luma,
                (1 << (shift + valueShift - 1)) - luma * (colour.black() << valueShift),
                fixed(colour.redOfCr(), shift),
                fixed(colour.greenOfCb(), shift),
                fixed(colour.greenOfCr(), shift),
                fixed(colour.blueOfCb(), shift));
    }

    static int fixed(double factor, int shift) {
        return (int) Math.round(factor * (1 << shift));
    }
}
