package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelInfo;
import dev.facefusion.runtime.models.ModelRole;
import dev.facefusion.runtime.models.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineupTest {

    @TempDir private Path directory;

    @Test
    void takesOfFaceFusionsModelsWhatItTakesByDefault() {
        // when
        var lineup = Lineup.of(StandIns.store(), Set.of());

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
        var lineup = Lineup.of(StandIns.store(), Set.of("scrfd", "ghost_2_256", "simswap_256"));

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
        var lineup = Lineup.of(StandIns.store(), Set.of("many"));

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
                        Lineup.of(ModelStore.open(Reference.MODELS), Set.of()).models().stream()
                                .map(ModelInfo::name))
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
                .isThrownBy(() -> Lineup.of(StandIns.store(), Set.of("gfpgan_9")))
                .withMessageContaining("gfpgan_9");
    }

    @Test
    void refusesADirectoryThatFindsNoFaces() throws IOException {
        // given
        copy("arcface_w600k_r50.onnx", "arcface_w600k_r50.onnx");

        // then
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> Lineup.of(ModelStore.open(directory), Set.of()))
                .withMessageContaining("detector");
    }

    private void copy(String from, String to) throws IOException {
        Files.copy(StandIns.DIRECTORY.resolve(from), directory.resolve(to));
    }

    private static List<String> names(Lineup lineup, ModelRole role) {
        return lineup.of(role).stream().map(ModelInfo::name).toList();
    }
}
