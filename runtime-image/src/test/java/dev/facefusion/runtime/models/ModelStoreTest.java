package dev.facefusion.runtime.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {

    private static final String DIGEST_OF_A =
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb";
    private static final String MANIFEST =
            """
            {"models": [{"name": "%s", "file": "%s", "sha256": "%s",
                         "license": "MIT", "source": "a test", "contract": "gfpgan"}]}
            """;

    @TempDir Path directory;

    @Test
    void bundledModelsAreIntact() {
        var store = ModelStore.open(Path.of("models"));

        assertThat(store.models())
                .extracting(ModelInfo::name)
                .contains("blazeface_back_256", "facemesh_468", "face_enhancer_512");
        assertThat(store.digest()).matches("[0-9a-f]{64}");
    }

    @Test
    void givesTheBytesOfAModel() throws IOException {
        write("a.onnx", "a", MANIFEST.formatted("a", "a.onnx", DIGEST_OF_A));

        assertThat(ModelStore.open(directory).bytes("a")).containsExactly('a');
    }

    @Test
    void namesTheFileWhoseDigestDiffers() throws IOException {
        write("a.onnx", "b", MANIFEST.formatted("a", "a.onnx", DIGEST_OF_A));

        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(directory.resolve("a.onnx").toString())
                .hasMessageContaining("expected sha256 " + DIGEST_OF_A)
                .hasMessageContaining("found 3e23e816")
                .hasMessageContaining("Restore it");
    }

    @Test
    void neverHandsOutAFileThatChangedAfterTheStart() throws IOException {
        // given
        write("a.onnx", "a", MANIFEST.formatted("a", "a.onnx", DIGEST_OF_A));
        var store = ModelStore.open(directory);

        // when
        Files.writeString(directory.resolve("a.onnx"), "changed");

        // then
        assertThatThrownBy(() -> store.bytes("a")).isInstanceOf(ModelException.class);
    }

    @Test
    void namesAMissingFile() throws IOException {
        write("a.onnx", "a", MANIFEST.formatted("a", "b.onnx", DIGEST_OF_A));

        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("b.onnx cannot be read");
    }

    @Test
    void refusesAFileOutsideTheDirectory() throws IOException {
        write("a.onnx", "a", MANIFEST.formatted("a", "../a.onnx", DIGEST_OF_A));

        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("outside the directory");
    }

    @Test
    void explainsABrokenOrMissingManifest() throws IOException {
        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("MODEL_DIR");

        write("a.onnx", "a", MANIFEST.formatted("a", "a.onnx", "12"));
        assertThatThrownBy(() -> ModelStore.open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("sha256 of a is not 64 hex digits");
    }

    @Test
    void namesAModelThatTheManifestLacks() throws IOException {
        write("a.onnx", "a", MANIFEST.formatted("a", "a.onnx", DIGEST_OF_A));
        var store = ModelStore.open(directory);

        assertThatThrownBy(() -> store.bytes("b"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no model named b");
    }

    @Test
    void digestDependsOnEveryModel() throws IOException {
        // given
        write("a.onnx", "a", MANIFEST.formatted("a", "a.onnx", DIGEST_OF_A));
        var one = ModelStore.open(directory).digest();

        // when
        write("a.onnx", "a", MANIFEST.formatted("b", "a.onnx", DIGEST_OF_A));

        // then
        assertThat(ModelStore.open(directory).digest()).isNotEqualTo(one);
    }

    private void write(String file, String content, String manifest) throws IOException {
        Files.writeString(directory.resolve(file), content);
        Files.writeString(directory.resolve("models.json"), manifest);
    }
}
