package dev.facefusion.runtime.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.options.FaceOrder;
import dev.facefusion.runtime.engine.options.GenderFilter;
import dev.facefusion.runtime.engine.options.Margins;
import dev.facefusion.runtime.engine.options.MaskRegion;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.engine.options.TrackerOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The words are FaceFusion 3.8's own.
class OptionValuesTest {

    @Test
    void withoutAnyAreTheDefaults() {
        assertThat(OptionValues.none().toSwapOptions()).isEqualTo(SwapOptions.defaults());
        assertThat(values("target_frame_amount 5").toSwapOptions())
                .isEqualTo(SwapOptions.defaults());
    }

    @Test
    void faceFusionLooksForTheReferenceAndWritesAtEighty() {
        var options = OptionValues.faceFusions().toSwapOptions();

        assertThat(options.faces().selector().mode()).isEqualTo(SelectorMode.REFERENCE);
        assertThat(options.outputQuality()).isEqualTo(80);
    }

    @Test
    void readsWhatFaceFusionWrites() {
        // when
        var options =
                values(
                                "processors face_enhancer face_swapper",
                                "face_detector_model yolo_face",
                                "face_detector_size 512x512",
                                "face_detector_angles 270 0 90",
                                "face_detector_margin 1 2 3",
                                "face_selector_mode one",
                                "face_selector_order left-right",
                                "face_selector_gender female",
                                "face_selector_age_start 20",
                                "face_selector_age_end 40",
                                "reference_face_distance 0.6",
                                "face_tracker_score 0.35",
                                "target_frame_amount 10",
                                "face_mask_regions left-eyebrow upper-lip",
                                "face_mask_padding 5 10",
                                "face_swapper_model inswapper_128",
                                "face_swapper_pixel_boost 256x256",
                                "face_swapper_weight .35",
                                "face_enhancer_blend 70",
                                "output_image_quality 60")
                        .toSwapOptions();

        // then
        assertThat(options.frameProcessors())
                .containsExactly(FrameProcessor.FACE_ENHANCER, FrameProcessor.FACE_SWAPPER);
        assertThat(options.blendRatio()).isEqualTo(0.7);
        assertThat(options.outputQuality()).isEqualTo(60);
        var faces = options.faces();
        assertThat(faces.detector().model()).contains("yolo_face");
        assertThat(faces.detector().size()).isEqualTo(512);
        assertThat(faces.detector().angles())
                .containsExactly(QuarterTurn.RIGHT, QuarterTurn.NONE, QuarterTurn.LEFT);
        assertThat(faces.detector().margin()).isEqualTo(new Margins(1, 2, 3, 2));
        assertThat(faces.selector().mode()).isEqualTo(SelectorMode.ONE);
        assertThat(faces.selector().order()).isEqualTo(FaceOrder.LEFT_RIGHT);
        assertThat(faces.selector().gender()).isEqualTo(Optional.of(GenderFilter.FEMALE));
        assertThat(faces.selector().age().start()).isEqualTo(20);
        assertThat(faces.selector().age().end()).isEqualTo(40);
        assertThat(faces.selector().referenceDistance()).isEqualTo(0.6);
        assertThat(faces.tracker()).contains(new TrackerOptions(0.35, 10));
        assertThat(faces.mask().regions())
                .isEqualTo(Set.of(MaskRegion.LEFT_EYEBROW, MaskRegion.UPPER_LIP));
        assertThat(faces.mask().padding()).isEqualTo(new Margins(5, 10, 5, 10));
        assertThat(faces.swapper().model()).contains("inswapper_128");
        assertThat(faces.swapper().pixelBoost()).isEqualTo(256);
        assertThat(faces.swapper().weight()).isEqualTo(0.35);
    }

    static Stream<TaskOption<?>> all() {
        return TaskOptions.all().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyDefaultIsOneThatMayBeWritten(TaskOption<?> option) {
        readsItsOwnDefault(option);
    }

    private static <T> void readsItsOwnDefault(TaskOption<T> option) {
        assertThat(option.kind().read(option.kind().words(option.otherwise())))
                .contains(option.otherwise());
    }

    @Test
    void noTwoOptionsHaveOneName() {
        assertThat(
                        TaskOptions.all().stream()
                                .flatMap(option ->
                                        Stream.concat(
                                                Stream.of(option.name()),
                                                option.aliases().stream())))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({
        "face_detector_size 640x480,a square such as 512x512",
        "face_detector_size 0x0,a square",
        "face_detector_angles 0 45,0 90 180 270",
        "face_detector_angles 0 0,none twice",
        "face_detector_margin 1 2 3 4 5,one to four",
        "face_detector_margin 101,from 0 to 100",
        "face_selector_mode all,'reference, one, many'",
        "face_selector_race martian,none",
        "face_mask_types box box,none twice",
        "face_enhancer_blend 80.5,a whole number from 0 to 100",
        "face_tracker_score 0.55,a number from 0 to 0.5",
        "target_frame_amount 11,a whole number from 0 to 10",
        "face_swapper_weight 1.05,a number from 0 to 1",
        "face_swapper_weight NaN,a number from 0 to 1",
        "face_swapper_weight 1e999999999,a number from 0 to 1",
        "face_swapper_model ../x,the name of a model",
    })
    void saysWhatAValueMustBe(String words, String expected) {
        assertThatExceptionOfType(BadOptionException.class)
                .isThrownBy(() -> values(words))
                .matches(e -> e.option().equals(words.substring(0, words.indexOf(' '))))
                .satisfies(e ->
                        assertThat(e.expected().replace("0, 90, 180, 270", "0 90 180 270"))
                                .contains(expected));
    }

    @Test
    void refusesOptionsThatContradictEachOther() {
        assertThatExceptionOfType(BadOptionException.class)
                .isThrownBy(
                        () -> values("face_enhancer_blend 70", "blend_ratio 0.7").toSwapOptions())
                .matches(e -> e.option().equals("blend_ratio"));
        assertThatExceptionOfType(BadOptionException.class)
                .isThrownBy(() ->
                        values("face_selector_age_start 40", "face_selector_age_end 20")
                                .toSwapOptions())
                .matches(e -> e.option().equals("face_selector_age_end"));
    }

    private static OptionValues values(String... lines) {
        var values = OptionValues.none();
        for (var line : lines) {
            var words = Arrays.asList(line.split(" "));
            values = with(values, words.getFirst(), words.subList(1, words.size()));
        }
        return values;
    }

    private static OptionValues with(OptionValues values, String name, List<String> words) {
        return values.with(TaskOptions.find(name).orElseThrow(), name, words);
    }
}
