package dev.facefusion.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.nio.file.Path;
import java.util.List;
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

    /// A task's options, under FaceFusion's names.
    static SwapOptions options(JsonNode given) {
        var values = OptionValues.none();
        for (var option : given.properties()) {
            var name = option.getKey();
            var words = words(name, option.getValue());
            values = values.with(TaskOptions.find(name).orElseThrow(), name, words);
        }
        return values.toSwapOptions();
    }

    private static List<String> words(String name, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::asText).toList();
        }
        boolean square = name.equals("face_detector_size") || name.endsWith("pixel_boost");
        return List.of(square ? value.asText() + "x" + value.asText() : value.asText());
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
