package dev.facefusion.runtime.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.PictureEngine;
import dev.facefusion.runtime.engine.Pipeline;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.media.PictureWriter;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.NonFiniteOutputException;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.models.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestIT {

    private static Pipeline pipeline;

    @TempDir private Path elsewhere;

    /// An engine that answers as the test says.
    record Scripted(Function<SwapRequest, SwapOutcome> script) implements PictureEngine {
        @Override
        public SwapOutcome swap(
                SwapRequest request, StageListener progress, Cancellation cancellation) {
            return script.apply(request);
        }
    }

    @BeforeAll
    static void open() {
        pipeline =
                EnginePlan.of(ModelStore.open(Reference.MODELS), ExecutionSettings.cpu(1)).open();
        pipeline.warmUp();
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void passesTheBundledModels() {
        var result = run(Reference.MODELS, pipeline);

        assertThat(result.fault()).isEmpty();
        assertThat(result.likeness().orElseThrow()).isGreaterThan(45);
    }

    @Test
    void findsAResultThatIsBlack() {
        assertThat(run(Reference.MODELS, answering(_ -> png(Picture.black(224, 224)))).fault())
                .contains(Fault.BLACK_OUTPUT);
    }

    @Test
    void findsAResultThatIsAnotherPicture() {
        // given: the target, untouched
        var engine = answering(request -> bytes(request.target()));

        // when
        var result = run(Reference.MODELS, engine);

        // then
        assertThat(result.fault()).contains(Fault.CHANGED_OUTPUT);
        assertThat(result.likeness().orElseThrow()).isBetween(20.0, 30.0);
    }

    @Test
    void findsValuesThatAreNotFinite() {
        var engine =
                new Scripted(_ -> {
                    throw new NonFiniteOutputException("facemesh_468", "landmarks");
                });

        assertThat(run(Reference.MODELS, engine).fault()).contains(Fault.NAN_OUTPUT);
    }

    @Test
    void findsAFaceThatIsNoLongerFound() {
        var engine = new Scripted(_ -> new SwapOutcome.NoFace(Input.TARGET));

        assertThat(run(Reference.MODELS, engine).fault()).contains(Fault.NO_FACE);
    }

    @Test
    void findsAnEngineThatThrows() {
        var engine =
                new Scripted(_ -> {
                    throw new IllegalStateException("a defect, on purpose");
                });

        assertThat(run(Reference.MODELS, engine).fault()).contains(Fault.NO_OUTPUT);
    }

    @Test
    void contentsItselfWithAFaceWhereNothingIsExpected() {
        // when: no golden.json there
        var passed = run(elsewhere, pipeline);
        // a grey picture shows no face
        var grey = Picture.black(224, 224);
        Arrays.fill(grey.rgb(), (byte) 128);
        var failed =
                run(
                        elsewhere,
                        new Scripted(request ->
                                request.sources().getFirst().equals(request.target())
                                        ? pipeline.swap(request, (_, _) -> {}, new Cancellation())
                                        : swapped(png(grey))));

        // then
        assertThat(passed.fault()).isEmpty();
        assertThat(passed.likeness()).isEmpty();
        assertThat(failed.fault()).contains(Fault.NO_FACE);
    }

    @Test
    void mistrustsAnExpectedPictureThatWasChanged() throws IOException {
        // given
        Files.copy(Reference.MODELS.resolve("golden.json"), elsewhere.resolve("golden.json"));
        var picture = Files.readAllBytes(Reference.MODELS.resolve("golden.png"));
        picture[picture.length / 2]++;
        Files.write(elsewhere.resolve("golden.png"), picture);

        // then
        assertThat(run(elsewhere, pipeline).fault()).contains(Fault.GOLDEN_NOT_INTACT);
    }

    private static SelfTestResult run(Path models, Engine engine) {
        return SelfTest.of(models).run(engine);
    }

    private static Engine answering(Function<SwapRequest, byte[]> image) {
        return new Scripted(request -> swapped(image.apply(request)));
    }

    private static Swapped swapped(byte[] image) {
        return new Swapped(image, OutputFormat.PNG, 224, 224, 1, Duration.ofMillis(1));
    }

    private static byte[] png(Picture picture) {
        return PictureWriter.write(picture, OutputFormat.PNG, 95);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
