package dev.facefusion.runtime.engine.detector;

import dev.facefusion.runtime.models.ModelContract;
import java.util.List;
import java.util.Optional;

/// How a detector's picture is laid out and its outputs are read.
///
/// Input: B, G, R, NCHW float32, shape (1, 3, side, side).
///
/// @param sides of the squares that it can look at, in pixels, the largest last
/// @param scale a value of 0 to 255 becomes `value * scale + offset`
record DetectorContract(
        ModelContract contract,
        List<Integer> sides,
        float scale,
        float offset,
        OutputReading reading) {

    private static final List<Integer> SEVERAL = List.of(160, 320, 480, 512, 640);
    private static final List<Integer> ONE = List.of(640);

    private static final List<DetectorContract> KNOWN =
            List.of(
                    new DetectorContract(
                            ModelContract.YOLOFACE, ONE, 1 / 255f, 0, new YoloReading()),
                    new DetectorContract(
                            ModelContract.SCRFD,
                            SEVERAL,
                            1 / 128f,
                            -127.5f / 128,
                            new AnchorReading()),
                    new DetectorContract(
                            ModelContract.RETINAFACE,
                            SEVERAL,
                            1 / 128f,
                            -127.5f / 128,
                            new AnchorReading()),
                    new DetectorContract(ModelContract.YUNET, ONE, 1, 0, new YunetReading()));

    DetectorContract {
        sides = List.copyOf(sides);
    }

    /// The row of a contract, if it is one of FaceFusion's detectors'.
    static Optional<DetectorContract> of(ModelContract contract) {
        return KNOWN.stream().filter(known -> known.contract() == contract).findFirst();
    }
}
