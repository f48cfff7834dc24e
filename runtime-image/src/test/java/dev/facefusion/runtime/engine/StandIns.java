package dev.facefusion.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.options.DetectorOptions;
import dev.facefusion.runtime.engine.options.LandmarkerOptions;
import dev.facefusion.runtime.engine.options.Margins;
import dev.facefusion.runtime.models.ModelStore;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// The stand-ins for FaceFusion's models, and what the Python reference reads and shows them:
/// `tests/reference/facefusion`.
final class StandIns {

    static final Path DIRECTORY = Path.of("src", "test", "resources", "stand-ins");

    /// All that find, know and classify faces.
    static final Set<String> ANALYSTS =
            Set.of("many", "yolo_face", "scrfd", "retinaface", "yunet", "2dfan4", "peppa_wutz");

    private StandIns() {}

    static ModelStore store() {
        return ModelStore.open(DIRECTORY);
    }

    /// A picture by the reference's name for it: `photo`, or `pattern` with width, height, divisor.
    static Picture picture(String name) {
        if (name.equals("photo")) {
            return Reference.picture(Reference.photo("astronaut.png"));
        }
        var words = name.split(" ", -1);
        return pattern(
                Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
    }

    private static Picture pattern(int width, int height, int divisor) {
        var picture = Picture.black(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    int wave = ((2 + c) * x + (4 - c) * y + 170 * c) % 510 - 255;
                    picture.rgb()[3 * (y * width + x) + c] = (byte) (Math.abs(wave) / divisor);
                }
            }
        }
        return picture;
    }

    static DetectorOptions detector(JsonNode options) {
        var margin = Reference.numbers(options.path("face_detector_margin"));
        var angles = EnumSet.noneOf(QuarterTurn.class);
        for (var angle : options.path("face_detector_angles")) {
            angles.add(turn(angle.intValue()));
        }
        return new DetectorOptions(
                Optional.of(options.path("face_detector_model").asText("yolo_face")),
                options.path("face_detector_size").asInt(0),
                margin.length == 0
                        ? Margins.NONE
                        : new Margins(
                                (int) margin[0], (int) margin[1], (int) margin[2], (int) margin[3]),
                angles.isEmpty() ? EnumSet.of(QuarterTurn.NONE) : angles,
                options.path("face_detector_score").asDouble(0.5));
    }

    static LandmarkerOptions landmarker(JsonNode options) {
        return new LandmarkerOptions(
                Optional.of(options.path("face_landmarker_model").asText("2dfan4")),
                options.path("face_landmarker_score").asDouble(0.5));
    }

    /// FaceFusion's angle: how far a picture is turned, counter-clockwise.
    static QuarterTurn turn(int degrees) {
        return switch (degrees) {
            case 90 -> QuarterTurn.LEFT;
            case 180 -> QuarterTurn.HALF;
            case 270 -> QuarterTurn.RIGHT;
            default -> QuarterTurn.NONE;
        };
    }
}
