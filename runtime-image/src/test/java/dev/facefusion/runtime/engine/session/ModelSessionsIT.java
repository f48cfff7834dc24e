package dev.facefusion.runtime.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.session.ExecutionReport.Refusal;
import dev.facefusion.runtime.models.ModelStore;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The CPU build of ONNX Runtime stands for any machine without a GPU.
class ModelSessionsIT {

    private static final String MODEL = "blazeface_back_256";

    private final ModelStore models = ModelStore.open(Reference.MODELS);

    @Test
    void reportsACpuThatWasAskedFor() {
        var report = open(ExecutionProvider.CPU, ExecutionProvider.CUDA);

        assertThat(report.active()).isEqualTo(ExecutionProvider.CPU);
        assertThat(report.cpuFallback()).isFalse();
        assertThat(report.refusals()).isEmpty();
    }

    @Test
    void fallsBackToTheCpuAndSaysWhy() {
        var report = open(ExecutionProvider.TENSORRT, ExecutionProvider.CUDA);

        assertThat(report.active()).isEqualTo(ExecutionProvider.CPU);
        assertThat(report.cpuFallback()).isTrue();
        assertThat(report.requested())
                .containsExactly(ExecutionProvider.TENSORRT, ExecutionProvider.CUDA);
        assertThat(report.refusals())
                .extracting(Refusal::provider)
                .containsExactly(ExecutionProvider.TENSORRT, ExecutionProvider.CUDA);
        assertThat(report.refusals()).extracting(Refusal::reason).doesNotContain("", "null");
    }

    @Test
    void provesFromTheSessionWhereEveryNodeRuns() {
        // when
        var loaded = open(ExecutionProvider.CPU).models();

        // then
        assertThat(loaded)
                .hasEntrySatisfying(
                        MODEL,
                        model -> {
                            assertThat(model.placement().nodes())
                                    .containsOnlyKeys("CPUExecutionProvider");
                            assertThat(model.placement().nodes().values())
                                    .allMatch(count -> count > 50);
                        });
    }

    @Test
    void saysInOnnxRuntimesWordsWhyAPlacementIsUnknown() throws OrtException {
        // given
        open(ExecutionProvider.CPU); // loads the native library
        var environment = OrtEnvironment.getEnvironment();
        try (var options = new OrtSession.SessionOptions();
                var session = environment.createSession(models.bytes(MODEL), options)) {

            // when, then
            assertThatThrownBy(() -> NodePlacement.of(session))
                    .isInstanceOf(SessionException.class)
                    .hasMessageContaining(NodePlacement.RECORDING);
        }
    }

    @Test
    void tellsHowMuchMemoryAModelTook() {
        try (var sessions = ModelSessions.open(models, List.of(MODEL), ExecutionSettings.cpu(1))) {
            // given
            sessions.warmUp();

            // when
            var arenas = sessions.arenas();

            // then
            assertThat(arenas)
                    .hasEntrySatisfying(
                            MODEL,
                            arena -> {
                                assertThat(arena.totalBytes()).isBetween(1L << 20, 1L << 28);
                                assertThat(arena.maxBytes())
                                        .isBetween(arena.inUseBytes(), arena.totalBytes());
                                assertThat(arena.extensions()).isPositive();
                            });
        }
    }

    @Test
    void asksForAnArenaAThousandTimesWithoutTakingMemory() {
        try (var sessions = ModelSessions.open(models, List.of(MODEL), ExecutionSettings.cpu(1))) {
            // given
            sessions.warmUp();
            var before = sessions.arenas();

            // when
            for (int i = 0; i < 1000; i++) {
                sessions.arenas();
            }

            // then
            assertThat(sessions.arenas()).isEqualTo(before);
        }
    }

    @Test
    void isAFallbackEvenWhereTheCpuWasTheSecondChoice() {
        assertThat(open(ExecutionProvider.CUDA, ExecutionProvider.CPU).cpuFallback()).isTrue();
    }

    @Test
    void refusesAnotherNumberOfThreadsInTheSameProcess() {
        open(ExecutionProvider.CPU);

        assertThatThrownBy(
                        () -> ModelSessions.open(models, List.of(MODEL), ExecutionSettings.cpu(7)))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("7");
    }

    @Test
    void namesAnOutputThatAModelDoesNotHave() {
        try (var sessions = ModelSessions.open(models, List.of(MODEL), ExecutionSettings.cpu(1))) {
            sessions.warmUp();

            assertThatThrownBy(() -> sessions.get(MODEL).output("nose"))
                    .isInstanceOf(SessionException.class)
                    .hasMessageContaining("nose");
        }
    }

    @Test
    void sharesItsModelsWithATwinThatOutlivesIt() {
        // given
        var first = ModelSessions.open(models, List.of(MODEL), ExecutionSettings.cpu(1));
        var session = first.get(MODEL);
        var input = new float[session.input("input").capacity()];
        Arrays.fill(input, 0.25f);
        session.run(input);
        var expected = values(session.output(0));

        // when
        var twin = first.twin().orElseThrow();
        session.run(new float[input.length]);
        first.close();

        // then
        try (twin) {
            twin.get(MODEL).run(input);
            assertThat(values(twin.get(MODEL).output(0))).isEqualTo(expected);
        }
    }

    private static float[] values(FloatBuffer output) {
        var values = new float[output.capacity()];
        output.get(0, values);
        return values;
    }

    @Test
    void takesNoOutputThatIsNotFinite() {
        try (var sessions = ModelSessions.open(models, List.of(MODEL), ExecutionSettings.cpu(1))) {
            // given
            var session = sessions.get(MODEL);
            var input = new float[session.input("input").capacity()];
            Arrays.fill(input, Float.NaN);

            // then
            assertThatThrownBy(() -> session.run(input))
                    .isInstanceOf(NonFiniteOutputException.class)
                    .hasMessageContaining(MODEL);
            assertThatCode(() -> session.run(new float[session.input("input").capacity()]))
                    .doesNotThrowAnyException();
        }
    }

    private ExecutionReport open(ExecutionProvider... providers) {
        var settings = new ExecutionSettings(List.of(providers), 1);
        try (var sessions = ModelSessions.open(models, List.of(MODEL), settings)) {
            return sessions.execution();
        }
    }
}
