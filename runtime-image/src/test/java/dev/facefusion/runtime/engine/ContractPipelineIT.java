package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An engine of FaceFusion's models: what it refuses, and the frames of a video.
class ContractPipelineIT {

    private static final Path PHOTO = Reference.MODELS.resolve("photos/astronaut.png");

    private static Pipeline pipeline;

    @TempDir private Path directory;

    @BeforeAll
    static void open() {
        pipeline = EnginePlan.of(StandIns.store(), ExecutionSettings.cpu(1)).open();
        pipeline.warmUp();
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @CsvSource({
        "face_detector_model, scrfd, yolo_face",
        "face_detector_model, many, yolo_face",
        "face_detector_size, 320x320, 640",
        "face_landmarker_model, many, 2dfan4",
        "face_swapper_model, inswapper_128, hyperswap_1a_256",
        "face_swapper_pixel_boost, 384x384, 512",
    })
    void saysWhichOptionItCannotDo(String option, String words, String expected) {
        // when
        var outcome = swap(options(option, words));

        // then
        assertThat(outcome)
                .asInstanceOf(type(BadOption.class))
                .returns(option, BadOption::option)
                .satisfies(refused -> assertThat(refused.expected()).contains(expected));
    }

    @Test
    void saysThatNoFaceIsSelected() {
        // given: the reference's two faces are 20 to 29 and 10 to 19 years old
        var options = options("face_selector_age_start", "80");

        // when
        var outcome = swap(options);

        // then
        assertThat(outcome).isEqualTo(new NoFace(Input.TARGET));
    }

    @Test
    void worksOnFramesAsOnStills() {
        // given
        var options = SwapOptions.defaults();
        var still = Reference.picture(((Swapped) swap(options)).image());
        var frame = photo();

        // when
        var changed = apply(work(options), frame);

        // then
        assertThat(frame.rgb()).isEqualTo(still.rgb());
        assertThat(changed).isTrue();
    }

    @Test
    void takesTheReferenceFromTheFrameThatItIsShown() {
        // given: the second largest face of the reference frame
        var options =
                OptionValues.none()
                        .with(TaskOptions.SELECTOR_MODE, "face_selector_mode", List.of("reference"))
                        .with(TaskOptions.REFERENCE_POSITION, 1)
                        .toSwapOptions();
        var work = work(options);

        // when
        work.refer(photo(), silentClock());
        var frame = photo();
        apply(work, frame);

        // then: the right one of the two
        assertThat(changedColumns(frame)).isNotEmpty().allMatch(x -> x > 250);
    }

    @Test
    void refusesToSelectByAReferenceThatItWasNotShown() {
        var work = work(options("face_selector_mode", "reference"));

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> apply(work, photo()))
                .withMessageContaining("reference");
    }

    @ParameterizedTest
    @CsvSource({
        "yunet_2023_mar, yoloface_8n, '[1, 20, 8400]'",
        "yoloface_8n, 2dfan4, '[1, 3, 256, 256]'",
        "fairface, arcface_w600k_r50, '[1, 3, 112, 112]'",
        "arcface_w600k_r50, fan_68_5, '[1, 5, 2]'",
        "arcface_w600k_r50, fairface, '[1, 3, 224, 224]'",
    })
    void refusesAModelThatIsNotOfItsContract(String really, String named, String expected)
            throws IOException {
        // given
        for (var model :
                List.of("yoloface_8n", "2dfan4", "fan_68_5", "arcface_w600k_r50", "fairface")) {
            var file = model.equals(named) ? really : model;
            Files.copy(
                    StandIns.DIRECTORY.resolve(file + ".onnx"), directory.resolve(model + ".onnx"));
        }
        var store = ModelStore.open(directory);

        // then
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> EnginePlan.of(store, ExecutionSettings.cpu(1)).open())
                .withMessageContaining(expected);
    }

    @Test
    void refusesADirectoryThatLacksAModelOfTheChain() throws IOException {
        // given
        copyChain("yoloface_8n", "2dfan4", "arcface_w600k_r50");
        var store = ModelStore.open(directory);

        // then
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> EnginePlan.of(store, ExecutionSettings.cpu(1)).open())
                .withMessageContaining("fan_68_5");
    }

    /// Without a size of its own, an enhancer is shown what its contract, and its name, say.
    @ParameterizedTest
    @ValueSource(strings = {"gfpgan_1.4", "gpen_bfr_1024"})
    void enhancesAlikeWithAModelThatLeavesItsSizeOpen(String enhancer) throws IOException {
        // given
        copyChain("yoloface_8n", "2dfan4", "fan_68_5", "arcface_w600k_r50");
        var model = directory.resolve(enhancer + ".onnx");

        // when
        Files.copy(StandIns.DIRECTORY.resolve(model.getFileName()), model);
        var fixed = enhanced();
        Files.copy(
                StandIns.DIRECTORY.resolveSibling("open-sizes").resolve(model.getFileName()),
                model,
                StandardCopyOption.REPLACE_EXISTING);
        var open = enhanced();

        // then
        assertThat(open).isEqualTo(fixed);
        assertThat(open).isNotEqualTo(photo().rgb());
    }

    private byte[] enhanced() {
        var store = ModelStore.open(directory);
        try (var engine = EnginePlan.of(store, ExecutionSettings.cpu(1)).open()) {
            var outcome =
                    engine.swap(
                            new SwapRequest(PHOTO, PHOTO, options("processors", "face_enhancer")),
                            (_, _) -> {},
                            new Cancellation());
            return Reference.picture(((Swapped) outcome).image()).rgb();
        }
    }

    private void copyChain(String... models) throws IOException {
        for (var model : models) {
            Files.copy(
                    StandIns.DIRECTORY.resolve(model + ".onnx"),
                    directory.resolve(model + ".onnx"));
        }
    }

    private static FrameWork work(SwapOptions options) {
        var preparation =
                pipeline.prepare(List.of(PHOTO), options, (_, _) -> {}, new Cancellation());
        return ((Preparation.Ready) preparation).work();
    }

    private static List<Integer> changedColumns(Picture frame) {
        int row = 3 * frame.width();
        var before = photo().rgb();
        return IntStream.range(0, before.length)
                .filter(at -> frame.rgb()[at] != before[at])
                .mapToObj(at -> at % row / 3)
                .distinct()
                .toList();
    }

    private static boolean apply(FrameWork work, Picture frame) {
        var clock = silentClock();
        return work.apply(frame, FaceWindow.of(work.find(frame, clock)), clock);
    }

    private static SwapOutcome swap(SwapOptions options) {
        return pipeline.swap(
                new SwapRequest(PHOTO, PHOTO, options), (_, _) -> {}, new Cancellation());
    }

    private static SwapOptions options(String option, String words) {
        return OptionValues.none()
                .with(TaskOptions.find(option).orElseThrow(), option, List.of(words))
                .toSwapOptions();
    }

    private static Picture photo() {
        return StandIns.picture("photo");
    }

    private static StageClock silentClock() {
        return new StageClock((_, _) -> {}, new Cancellation());
    }
}
