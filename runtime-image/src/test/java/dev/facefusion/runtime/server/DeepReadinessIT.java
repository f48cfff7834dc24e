package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.NonFiniteOutputException;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `/ready?deep=1` swaps the golden sample, and says what came of it.
@Timeout(120)
class DeepReadinessIT {

    private static final String DEEP = "/ready?deep=1";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// The real engine, until its models break.
    record Breakable(Engine engine, AtomicBoolean broken) implements Engine {

        @Override
        public SwapOutcome swap(
                SwapRequest request, StageListener progress, Cancellation cancellation) {
            if (broken.get()) {
                throw new NonFiniteOutputException("facemesh_468", "landmarks");
            }
            return engine.swap(request, progress, cancellation);
        }

        @Override
        public Preparation prepare(
                List<Path> sources,
                SwapOptions options,
                StageListener progress,
                Cancellation cancellation) {
            return engine.prepare(sources, options, progress, cancellation);
        }

        @Override
        public Set<String> models() {
            return engine.models();
        }

        @Override
        public ExecutionReport execution() {
            return engine.execution();
        }

        @Override
        public void warmUp() {
            engine.warmUp();
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    @Test
    void findsThatTheModelsBreakAndThatTheyAreMended() throws Exception {
        // given
        var broken = new AtomicBoolean();
        try (var server =
                RunningServer.start(
                                Map.of("SELF_TEST_PERIOD_SECONDS", "1"),
                                parts ->
                                        () ->
                                                new Breakable(
                                                        EnginePlan.of(
                                                                        parts.models(),
                                                                        ExecutionSettings.cpu(1))
                                                                .in(parts.surroundings())
                                                                .open(),
                                                        broken))
                        .awaitReady()) {

            // then
            awaitDeep(server, 200, "passed");
            assertThat(server.health().get("reasons")).isEmpty();

            // when
            broken.set(true);
            var failed = awaitDeep(server, 503, "failed");

            // then
            assertThat(failed.at("/deep/fault").asText()).isEqualTo("nan_output");
            assertThat(failed.at("/status").asText()).isEqualTo("degraded");
            assertThat(failed.at("/reasons/0").asText()).isEqualTo("self_test_failed");
            assertThat(server.health().at("/self_test/fault").asText()).isEqualTo("nan_output");
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
            assertThat(RunningServer.json(server.get("/ready")).has("deep")).isFalse();

            // when
            broken.set(false);
            var mended = awaitDeep(server, 200, "passed");

            // then
            assertThat(mended.at("/status").asText()).isEqualTo("healthy");
            assertThat(mended.at("/tasks_completed_total").asInt()).isZero();
            assertThat(mended.at("/tasks_failed_total").asInt()).isZero();
            assertThat(mended.has("last_inference_ms")).isFalse();
            assertThat(mended.has("inference_ms")).isFalse();
        }
    }

    @Test
    void skipsWhileATaskRunsAndLetsATaskPass() throws Exception {
        // given: an engine whose results are not the golden picture
        var engine = FakeEngine.warm();
        engine.mayFinish.release();
        try (var server = RunningServer.start(Map.of("SELF_TEST", "on"), engine).awaitReady()) {
            engine.started.acquire();
            var task = server.swapLater(Form.of("a", "b"));
            engine.started.acquire();

            // when
            var busy = server.get(DEEP);

            // then: the fault of the warm-up stands
            assertThat(busy.statusCode()).isEqualTo(503);
            assertThat(RunningServer.json(busy).at("/deep/result").asText()).isEqualTo("skipped");
            assertThat(RunningServer.json(busy).at("/deep/reason").asText()).isEqualTo("busy");
            engine.mayFinish.release();
            assertThat(task.get().statusCode()).isEqualTo(200);

            // when: a task finds the worker with the golden sample
            await().until(() -> server.health().get("tasks_in_flight").asInt() == 0);
            var given = server.sendLater(HttpRequest.newBuilder(server.management(DEEP)).build());
            engine.started.acquire();
            var next = server.swapLater(Form.of("a", "b"));

            // then
            assertThat(RunningServer.json(given.get()).at("/deep/reason").asText())
                    .isEqualTo("busy");
            engine.mayFinish.release(2);
            assertThat(next.get().statusCode()).isEqualTo(200);
            assertThat(engine.stopped).hasValue(1);
        }
    }

    @Test
    void showsAnEngineThatHangsInTheGoldenSampleAsStalled() throws Exception {
        // given
        var engine = FakeEngine.warm();
        engine.mayFinish.release();
        var settings =
                Map.of(
                        "SELF_TEST",
                        "on",
                        "STALL_THRESHOLD_SECONDS",
                        "1",
                        "DRAIN_TIMEOUT_SECONDS",
                        "1");
        try (var server = RunningServer.start(settings, engine).awaitReady()) {

            // when
            var answer = server.get(DEEP);

            // then
            assertThat(RunningServer.json(answer).at("/deep/reason").asText()).isEqualTo("running");
            await().atMost(PATIENCE)
                    .until(() -> server.health().get("status").asText().equals("stalled"));
            engine.mayFinish.release();
        }
    }

    /// Asks until the last result is too old and a new one is this.
    private static JsonNode awaitDeep(RunningServer server, int status, String result) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            var answer = server.get(DEEP);
                            var json = RunningServer.json(answer);
                            return answer.statusCode() == status
                                            && json.at("/deep/result").asText().equals(result)
                                    ? json
                                    : null;
                        },
                        answer -> answer != null);
    }
}
