package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `facefusion models verify`
@Timeout(60)
class ModelsVerifyIT {

    private static final Path BUNDLED = Path.of("models");
    private static final Path STAND_INS = Path.of("src", "test", "resources", "stand-ins");
    private static final Path OPEN_SIZES = STAND_INS.resolveSibling("open-sizes");

    @TempDir private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();

    @Test
    void namesTheModelsThatAreAlteredOrMissing() throws IOException {
        // given
        for (var name : List.of("models.json", "blazeface_back_256.onnx", "facemesh_468.onnx")) {
            Files.copy(BUNDLED.resolve(name), directory.resolve(name));
        }
        Files.writeString(directory.resolve("facemesh_468.onnx"), "altered");

        // when
        var exitCode = verify(directory);

        // then
        assertThat(exitCode).isEqualTo(ExitCode.BAD_MODELS.code());
        assertThat(out.toString())
                .containsPattern("(?m)^intact  +blazeface_back_256")
                .containsPattern("(?m)^altered +facemesh_468")
                .containsPattern("(?m)^missing +face_embedding_128")
                .doesNotContainPattern(".{81}");
    }

    /// Every contract that there is, and the same models with sizes that they leave open.
    @Test
    void takesEveryModelThatIsOfItsContract() throws IOException {
        for (var pack : List.of(BUNDLED, STAND_INS, OPEN_SIZES)) {
            assertThat(verify(pack)).as(out.toString()).isZero();
        }

        // and the mesh, which is no network
        long models = onnx(BUNDLED) + onnx(STAND_INS) + onnx(OPEN_SIZES) + 1;
        assertThat(out.toString().lines().filter(line -> line.startsWith("intact  ")))
                .hasSize(Math.toIntExact(models));
    }

    @Test
    void judgesEveryModelAndSaysWhatIsWrongWithEach() throws IOException {
        // given
        Files.createFile(file("yoloface_8n"));
        var whole = Files.readAllBytes(standIn("2dfan4"));
        Files.write(file("2dfan4"), Arrays.copyOf(whole, whole.length / 2));
        Files.copy(standIn("arcface_w600k_r50"), file("inswapper_128"));
        Files.copy(standIn("gfpgan_1.4"), file("gfpgan_1.4"));
        Files.writeString(file("nobodys"), "no contract is known for it");

        // when
        var exitCode = verify(directory);

        // then
        assertThat(exitCode).isEqualTo(ExitCode.BAD_MODELS.code());
        assertThat(out.toString())
                .containsPattern("(?m)^unfit +yolo_face .*\\R    .*cannot open .*: yolo_face: ")
                .containsPattern("(?m)^unfit +2dfan4 .*\\R    .*cannot open .*: 2dfan4: ")
                .containsPattern("(?m)^unfit +inswapper_128 .*\\R    inswapper_128 is not ")
                .containsPattern("(?m)^intact +gfpgan_1.4 ")
                .doesNotContain("nobodys")
                .doesNotContainPattern(".{81}");
        // FaceFusion's inswapper takes 128 pixels, its recogniser 112 and any number of faces
        assertThat(out.toString().replaceAll("\\s+", " "))
                .contains("input target is expected as FLOAT [1, 3, 128, 128]")
                .contains("found: {input=FLOAT [-1, 3, 112, 112]}");
    }

    @ParameterizedTest
    @CsvSource({
        "stand-ins/scrfd_2.5g, yunet_2023_mar.onnx, 'output 0', 'found: {'",
        "stand-ins/hyperswap_1a_256, inswapper_128.onnx, '[1, 3, 128, 128]', '[1, 3, 256, 256]'",
        "stand-ins/hyperswap_1a_256, blendswap_256.onnx, 'input source', '[1, 512]'",
        "stand-ins/fan_68_5, crossface_ghost.onnx, '[1, 512]', '[1, 5, 2]'",
        "stand-ins/gpen_bfr_256, gpen_bfr_512.onnx, '[512, 1024, 2048]', '[1, 3, 256, 256]'",
        "stand-ins/bisenet_resnet_18, xseg_1.onnx, '[1, 256, 256, 3]', '[1, 3, 512, 512]'",
        "stand-ins/xseg_1, bisenet_resnet_18.onnx, '[1, 3, 512, 512]', '[1, 256, 256, 3]'",
        "stand-ins/fairface, facemesh_468.onnx, '[1, 192, 192, 3]', '[1, 3, 224, 224]'",
        "stand-ins/xseg_1, blazeface_back_256.onnx, 'output scores_16', '[1, 256, 256, 1]'",
        "stand-ins/xseg_1, face_embedding_128.onnx, '[1, 150, 150, 3]', '[1, 256, 256, 3]'",
        "stand-ins/gpen_bfr_256, face_enhancer_512.onnx, '[1, 3, 512, 512]', '[1, 3, 256, 256]'",
        "misfits/words, yoloface_8n.onnx, input, no tensor of numbers",
        "misfits/sequence, yoloface_8n.onnx, output, no tensor of numbers",
        "misfits/huge, yoloface_8n.onnx, input, too large",
        "stand-ins/xseg_1, canonical_face_mesh.json, canonical face mesh, Restore it",
    })
    void saysWhatAModelOfAnotherContractHasAndWhatItShould(
            String really, String named, String wanted, String found) throws IOException {
        // given
        var file = Path.of("src", "test", "resources", really + ".onnx");
        Files.copy(file, directory.resolve(named));

        // when
        var exitCode = verify(directory, "--json");

        // then
        assertThat(exitCode).isEqualTo(ExitCode.BAD_MODELS.code());
        var line = JsonMapper.builder().build().readTree(out.toString());
        assertThat(line.get("state").asText()).isEqualTo("unfit");
        assertThat(line.get("sha256").asText()).hasSize(64);
        assertThat(line.get("reason").asText()).contains(wanted, found);
    }

    @Test
    void aSwapperNeedsTheMatrixInItsFile() throws IOException {
        // given: its matrix of another shape, with as many values
        var model = new String(Files.readAllBytes(standIn("inswapper_128")), ISO_8859_1);
        var dimensions = "\b\u0080\u0004\b\u0080\u0004"; // 512 and 512, as varints
        assertThat(model).containsOnlyOnce(dimensions);
        Files.writeString(
                file("inswapper_128"),
                model.replace(dimensions, "\b\u0080\u0002\b\u0080\b"),
                ISO_8859_1);

        // when
        var exitCode = verify(directory);

        // then
        assertThat(exitCode).isEqualTo(ExitCode.BAD_MODELS.code());
        assertThat(out.toString()).contains("buff2fs");
    }

    private int verify(Path models, String... arguments) {
        var all = new ArrayList<>(List.of("models", "verify"));
        all.addAll(List.of("--models", models.toString()));
        all.addAll(List.of(arguments));
        return RuntimeMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(all.toArray(String[]::new));
    }

    private Path file(String model) {
        return directory.resolve(model + ".onnx");
    }

    private static Path standIn(String model) {
        return STAND_INS.resolve(model + ".onnx");
    }

    private static long onnx(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".onnx")).count();
        }
    }
}
