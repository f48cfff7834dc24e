package dev.facefusion.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.media.OutputFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwapOptionsJsonTest {

    @Test
    void readsEveryOption() {
        // when
        var options =
                read(
                        """
                        {"frame_processors": ["face_swapper", "face_enhancer"],
                         "blend_ratio": 0.5, "output_format": "jpeg", "output_quality": 80}
                        """);

        // then
        assertThat(options)
                .isEqualTo(
                        new SwapOptions(
                                List.of(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER),
                                0.5,
                                OutputFormat.JPEG,
                                80));
    }

    @Test
    void takesFaceFusionsNames() {
        // when
        var options =
                read(
                        """
                        {"processors": ["face_enhancer"], "face_enhancer_blend": 50,
                         "output_image_quality": 80, "face_detector_angles": [0, 90],
                         "face_mask_padding": [1, 2, 3, 4], "face_swapper_pixel_boost": "256x256"}
                        """);

        // then
        assertThat(options.frameProcessors()).containsExactly(FrameProcessor.FACE_ENHANCER);
        assertThat(options.blendRatio()).isEqualTo(0.5);
        assertThat(options.outputQuality()).isEqualTo(80);
        assertThat(options.faces().detector().angles()).hasSize(2);
        assertThat(options.faces().mask().padding().left()).isEqualTo(4);
        assertThat(options.faces().swapper().pixelBoost()).isEqualTo(256);
    }

    @Test
    void leavesTheRestAtItsDefault() {
        // when
        var options = read("{}");

        // then
        assertThat(options).isEqualTo(SwapOptions.defaults());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"frame_processors\": []} | frame_processors",
                "{\"frame_processors\": \"face_swapper\"} | frame_processors",
                "{\"frame_processors\": [\"age_modifier\"]} | frame_processors",
                "{\"frame_processors\": [\"face_swapper\", \"face_swapper\"]} | frame_processors",
                "{\"frame_processors\": [1]} | frame_processors",
                "{\"frame_processors\": null} | frame_processors",
                "{\"blend_ratio\": 1.01} | blend_ratio",
                "{\"blend_ratio\": -0.1} | blend_ratio",
                "{\"blend_ratio\": \"0.5\"} | blend_ratio",
                "{\"output_format\": \"gif\"} | output_format",
                "{\"output_quality\": 0} | output_quality",
                "{\"output_quality\": 101} | output_quality",
                "{\"output_quality\": 1e99} | output_quality",
                "{\"blend_ratio\": 0.1, \"face_enhancer_blend\": 20} | blend_ratio",
                "{\"processors\": [\"face_swapper\"], \"frame_processors\": [\"face_swapper\"]} | frame_processors",
                "{\"face_detector_angles\": 90} | face_detector_angles",
                "{\"face_detector_angles\": [\"90\"]} | face_detector_angles",
                "{\"face_mask_padding\": [1.5]} | face_mask_padding",
                "{\"face_selector_mode\": [\"one\"]} | face_selector_mode",
                "{\"face_swapper_model\": \"\"} | face_swapper_model",
                "{\"blend_ratio\": 0.1, \"blend_ratio\": 0.2} | options",
                "{} {} | options",
                "[] | options",
                "'' | options",
                "not json | options",
            })
    void namesTheOptionThatCannotBeUsed(String json, String option) {
        // when
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> read(json))
                // then
                .matches(e ->
                        e.refusal() instanceof Refusal.BadOption(var name, _)
                                && name.equals(option));
    }

    @Test
    void namesAnUnknownOption() {
        // when
        assertThatExceptionOfType(RequestRefused.class)
                .isThrownBy(() -> read("{\"blend\": 1}"))
                // then
                .matches(e ->
                        e.refusal() instanceof Refusal.UnknownOption(var name, var known)
                                && name.equals("blend")
                                && known.contains("blend_ratio"));
    }

    private static SwapOptions read(String json) {
        return SwapOptionsJson.read(json.getBytes(UTF_8)).toSwapOptions();
    }
}
