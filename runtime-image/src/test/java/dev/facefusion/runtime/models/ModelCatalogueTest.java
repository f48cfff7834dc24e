package dev.facefusion.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogueTest {

    // sha256sum of the letter.
    private static final String DIGEST_OF_A =
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";

    @TempDir Path directory;

    @Test
    void knowsFaceFusionsFilesByTheirNames() throws IOException {
        // given
        file("yoloface_8n.onnx", "a");
        file("inswapper_128.onnx", "b");
        file("holiday.onnx", "c");
        file("inswapper_128.hash", "d");

        // when
        var catalogue = ModelCatalogue.read(ModelPath.of(directory));

        // then
        assertThat(catalogue.models())
                .extracting(
                        ListedModel::name,
                        ListedModel::role,
                        ListedModel::contract,
                        ListedModel::license,
                        ListedModel::commercialUse)
                .containsExactly(
                        row(
                                "yolo_face",
                                ModelRole.DETECTOR,
                                ModelContract.YOLOFACE,
                                "GPL-3.0",
                                CommercialUse.YES),
                        row(
                                "inswapper_128",
                                ModelRole.SWAPPER,
                                ModelContract.INSWAPPER,
                                "Non-Commercial",
                                CommercialUse.NO));
        assertThat(catalogue.unknown()).containsExactly(directory.resolve("holiday.onnx"));
    }

    @Test
    void tellsTheDigestOfAFileThatNobodyVouchesFor() throws IOException {
        file("yoloface_8n.onnx", "a");

        assertThat(ModelStore.open(directory).find("yolo_face"))
                .map(ModelInfo::sha256)
                .contains(DIGEST_OF_A);
    }

    @Test
    void commercialPolicyNamesEveryModelThatItLeavesOut() throws IOException {
        file("yoloface_8n.onnx", "a");
        file("inswapper_128.onnx", "b");
        file("uniface_256.onnx", "c");

        var settings = new ModelSettings(ModelPath.of(directory), LicencePolicy.COMMERCIAL);

        assertThatThrownBy(() -> ModelStore.open(settings))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("inswapper_128 (Non-Commercial, commercial use no)")
                .hasMessageContaining("uniface_256 (Unknown, commercial use unknown)")
                .hasMessageNotContaining("yolo_face")
                .hasMessageContaining("MODEL_LICENCE_POLICY");
    }

    @Test
    void commercialPolicyTakesTheBundledModels() {
        var settings = new ModelSettings(ModelPath.of(Path.of("models")), LicencePolicy.COMMERCIAL);

        assertThat(ModelStore.open(settings).models()).isNotEmpty();
    }

    @Test
    void aPackComesBeforeTheBundledModels() throws IOException {
        // given
        file("gfpgan_1.4.onnx", "a");
        file("blazeface_back_256.onnx", "another one of this name");

        // when
        var path = ModelPath.parse(directory + ",bundled", Path.of("models"));
        var store = ModelStore.open(new ModelSettings(path, LicencePolicy.ANY));

        // then
        assertThat(store.models(ModelRole.ENHANCER))
                .extracting(ModelInfo::name)
                .containsExactly("gfpgan_1.4", "face_enhancer_512");
        assertThat(store.find("blazeface_back_256"))
                .map(ModelInfo::path)
                .contains(directory.resolve("blazeface_back_256.onnx"));
        assertThat(store.find("facemesh_468")).isPresent();
    }

    @Test
    void aManifestSaysWhatTheNameDoesNot() throws IOException {
        // given
        file("my-swapper.onnx", "a");
        manifest(
                """
                "role": "swapper", "contract": "inswapper", "commercial_use": "yes"\
                """);

        // when
        var models = ModelStore.open(directory).models();

        // then
        assertThat(models)
                .containsExactly(
                        new ModelInfo(
                                "mine",
                                ModelContract.INSWAPPER,
                                directory.resolve("my-swapper.onnx"),
                                DIGEST_OF_A,
                                "LicenseRef-Ours",
                                CommercialUse.YES,
                                "a test"));
    }

    @Test
    void refusesAManifestThatDoesNotSayHowAModelIsUsed() throws IOException {
        file("my-swapper.onnx", "a");

        manifest("\"role\": \"swapper\"");
        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("mine has no contract");

        manifest("\"role\": \"detector\", \"contract\": \"inswapper\"");
        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(
                        "the role of mine is detector, and its contract is that of a swapper");

        manifest("\"contract\": \"outswapper\"");
        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("outswapper");
    }

    @Test
    void findsWhatLiesBesideTheModelsInAnyDirectory() throws IOException {
        file("notes.txt", "a");
        var path = new ModelPath(List.of(directory, Path.of("models")));

        assertThat(path.find("notes.txt")).contains(directory.resolve("notes.txt"));
        assertThat(path.find("golden.json")).contains(Path.of("models/golden.json"));
        assertThat(path.find("nowhere")).isEqualTo(Optional.empty());
    }

    private void manifest(String more) throws IOException {
        file(
                "models.json",
                """
                {"models": [{"name": "mine", "file": "my-swapper.onnx", "sha256": "%s",
                             "licence": "LicenseRef-Ours", "source": "a test", %s}]}
                """
                        .formatted(DIGEST_OF_A, more));
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private static Tuple row(Object... cells) {
        return Tuple.tuple(cells);
    }
}
