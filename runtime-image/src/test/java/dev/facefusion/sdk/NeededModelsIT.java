package dev.facefusion.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An engine that is opened for some options, where the bundled enhancer's file is gone.
@Timeout(120)
class NeededModelsIT {

    private static final Path MODELS = Path.of("models");
    private static final Path SOURCE = MODELS.resolve("photos/grace_hopper.jpg");
    private static final Path TARGET = MODELS.resolve("photos/astronaut.png");
    private static final String ENHANCER = "face_enhancer_512.onnx";
    private static final List<FrameProcessor> BOTH =
            List.of(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER);

    @TempDir private Path directory = Path.of("");

    @BeforeEach
    void leaveTheEnhancerOut() throws IOException {
        try (var files = Files.list(MODELS)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                if (!file.endsWith(ENHANCER)) {
                    Files.copy(file, directory.resolve(file.getFileName()));
                }
            }
        }
    }

    @Test
    void doesWithoutAModelThatItsTasksDoNotNeed() {
        try (var faceFusion = FaceFusion.open(setup(), OptionValues.none())) {
            // given
            var task = SwapTask.of(SOURCE, TARGET, directory.resolve("out.png"));

            // then: and what needs it is refused
            assertThat(faceFusion.process(task)).isInstanceOf(Result.Done.class);
            assertThat(faceFusion.process(task.frameProcessors(FrameProcessor.FACE_ENHANCER)))
                    .isInstanceOfSatisfying(
                            Result.Unavailable.class,
                            refused -> assertThat(refused.option()).isEqualTo("frame_processors"));
        }
    }

    @Test
    void namesTheMissingFileOfAModelThatIsNeeded() {
        // given
        var options = OptionValues.none().with(TaskOptions.FRAME_PROCESSORS, BOTH);

        // then
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> FaceFusion.open(setup(), options))
                .withMessageContaining(ENHANCER + " cannot be read");
    }

    private Setup setup() {
        return Setup.bundled().models(directory).executionThreads(1);
    }
}
