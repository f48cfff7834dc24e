package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.models.Model;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelRole;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineupTest {

    private static final Pattern OPTION = Pattern.compile("(\\w+)=(\\S+)");

    @TempDir private Path directory;

    @Test
    void takesOfFaceFusionsModelsWhatItTakesByDefault() {
        // when
        var lineup = Lineup.of(StandIns.store().models(), ModelDemand.preferred());

        // then: the defaults of FaceFusion 3.8's options
        assertThat(names(lineup, ModelRole.DETECTOR)).containsExactly("yolo_face");
        assertThat(names(lineup, ModelRole.LANDMARKER)).containsExactly("2dfan4", "fan_68_5");
        assertThat(names(lineup, ModelRole.RECOGNISER)).containsExactly("arcface");
        assertThat(names(lineup, ModelRole.CLASSIFIER)).containsExactly("fairface");
        assertThat(names(lineup, ModelRole.SWAPPER)).containsExactly("hyperswap_1a_256");
        assertThat(names(lineup, ModelRole.ENHANCER)).containsExactly("gfpgan_1.4");
        assertThat(names(lineup, ModelRole.OCCLUDER)).containsExactly("xseg_1");
        assertThat(names(lineup, ModelRole.CONVERTER)).isEmpty();
    }

    @Test
    void prefersWhatIsWantedAndBringsWhatThatNeeds() {
        // when
        var lineup = lineup(Set.of("scrfd", "ghost_2_256", "simswap_256"));

        // then
        assertThat(names(lineup, ModelRole.DETECTOR)).containsExactly("scrfd");
        assertThat(names(lineup, ModelRole.SWAPPER))
                .containsExactlyInAnyOrder("ghost_2_256", "simswap_256");
        assertThat(names(lineup, ModelRole.CONVERTER))
                .containsExactlyInAnyOrder("crossface_ghost", "crossface_simswap");
    }

    @Test
    void takesAllThatCanPlayTogetherForMany() {
        // when
        var lineup = lineup(Set.of("many"));

        // then
        assertThat(names(lineup, ModelRole.DETECTOR))
                .containsExactlyInAnyOrder("yolo_face", "scrfd", "retinaface", "yunet");
        assertThat(names(lineup, ModelRole.OCCLUDER))
                .containsExactlyInAnyOrder("xseg_1", "xseg_2", "xseg_3");
        assertThat(names(lineup, ModelRole.SWAPPER)).hasSize(1);
    }

    @Test
    void takesTheBundledModels() {
        assertThat(
                        Lineup.of(
                                        ModelStore.open(Reference.MODELS).models(),
                                        ModelDemand.preferred())
                                .models()
                                .stream()
                                .map(Model::name))
                .containsExactlyInAnyOrder(
                        "blazeface_back_256",
                        "facemesh_468",
                        "canonical_face_mesh",
                        "face_embedding_128",
                        "face_enhancer_512");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> lineup(Set.of("gfpgan_9")))
                .withMessageContaining("gfpgan_9");
    }

    @Test
    void refusesADirectoryThatFindsNoFaces() throws IOException {
        // given
        copy("arcface_w600k_r50.onnx", "arcface_w600k_r50.onnx");

        // then
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() ->
                        Lineup.of(ModelStore.open(directory).models(), ModelDemand.preferred()))
                .withMessageContaining("detector");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "'', arcface hyperswap_1a_256",
                "frame_processors=face_enhancer, gfpgan_1.4",
                "frame_processors=face_enhancer face_selector_mode=reference, arcface gfpgan_1.4",
                "frame_processors=face_enhancer face_selector_gender=male, fairface gfpgan_1.4",
                "face_swapper_model=simswap_256, arcface simswap_256 crossface_simswap",
                "face_swapper_model=uniface_256, uniface_256",
                "face_mask_types=occlusion, arcface hyperswap_1a_256 xseg_1",
                "face_mask_types=region, arcface hyperswap_1a_256 bisenet_resnet_34",
                "face_enhancer_model=gfpgan_1.2, arcface hyperswap_1a_256",
                "face_enhancer_model=codeformer frame_processors=face_enhancer, codeformer"
            })
    void takesBesideTheAnalystsOnlyWhatTheOptionsNeed(String options, String expected) {
        // when
        var lineup = Lineup.of(StandIns.store().models(), ModelDemand.of(options(options)));

        // then
        assertThat(lineup.models().stream().map(Model::name))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(("yolo_face 2dfan4 fan_68_5 " + expected).split(" ", -1)));
    }

    @Test
    void takesOfTheBundledModelsOnlyWhatASwapNeeds() {
        // when
        var demand = ModelDemand.of(SwapOptions.defaults());

        // then
        assertThat(demand.from(ModelStore.open(Reference.MODELS).models()))
                .extracting(Model::name)
                .containsExactlyInAnyOrder(
                        "blazeface_back_256", "facemesh_468", "canonical_face_mesh");
    }

    @Test
    void leavesAModelThatIsNamedForAnotherRoleForTheTaskToBeRefused() {
        // given
        var demand =
                ModelDemand.of(
                        options("frame_processors=face_enhancer face_enhancer_model=xseg_1"));

        // when
        var chosen = demand.from(StandIns.store().models());

        // then
        assertThat(chosen).extracting(Model::name).contains("xseg_1", "gfpgan_1.4");
        assertThat(names(Lineup.of(chosen, demand), ModelRole.OCCLUDER)).isEmpty();
    }

    /// @param words options and their values, `=` between the two
    private static SwapOptions options(String words) {
        var values = OptionValues.none();
        for (var word : OPTION.matcher(words).results().toList()) {
            var option = TaskOptions.find(word.group(1)).orElseThrow();
            values = values.with(option, option.name(), List.of(word.group(2)));
        }
        return values.toSwapOptions();
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(StandIns.DIRECTORY.resolve(from), directory.resolve(to));
    }

    private static Lineup lineup(Set<String> wanted) {
        return Lineup.of(StandIns.store().models(), ModelDemand.preferring(wanted));
    }

    private static List<String> names(Lineup lineup, ModelRole role) {
        return lineup.of(role).stream().map(Model::name).toList();
    }
}
