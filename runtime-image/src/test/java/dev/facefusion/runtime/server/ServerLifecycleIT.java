package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.models.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The server's life as its clients and the kubelet see it, with an engine that obeys the test.
@Timeout(60)
class ServerLifecycleIT {

    @Test
    void answersHealthButNoTasksWhileTheModelsWarmUp() throws Exception {
        // given
        var engine = FakeEngine.cold();
        try (var server = RunningServer.start(Map.of(), engine)) {

            // when
            var health = server.get("/health");
            var ready = server.get("/ready");
            var swap = server.swap(Form.of("a", "b"));

            // then
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(RunningServer.json(health).get("model_loaded").asBoolean()).isFalse();
            assertThat(RunningServer.json(health).has("last_inference_ms")).isFalse();
            assertThat(RunningServer.json(health).has("gpus")).isFalse();
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(RunningServer.json(ready).get("status").asText()).isEqualTo("unready");
            assertThat(swap.statusCode()).isEqualTo(503);
            assertThat(swap.headers().firstValue("Retry-After")).isPresent();

            engine.mayWarmUp.countDown();
            server.awaitReady();
            assertThat(server.health().get("model_loaded").asBoolean()).isTrue();
        }
    }

    @Test
    void callsNoModelLoadedThatNoEngineHolds() throws Exception {
        // when
        try (var server = RunningServer.start(Map.of(), FakeEngine.warm())) {

            // then
            server.awaitReady();
            for (var model : server.health().get("models")) {
                assertThat(model.get("loaded").asBoolean())
                        .isEqualTo(model.get("name").asText().equals("blazeface_back_256"));
            }
        }
    }

    @Test
    void saysThatTheModelsCannotBeLoaded(@TempDir Path empty) throws Exception {
        // given
        var environment = Map.of("MODEL_DIR", empty.toString());

        // when
        try (var server = RunningServer.start(environment, FakeEngine.warm())) {

            // then
            await().until(() -> server.health().get("status").asText().equals("degraded"));
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            assertThat(server.health().get("model_loaded").asBoolean()).isFalse();
            assertThat(server.get("/ready").statusCode()).isEqualTo(503);
            assertThat(server.swap(Form.of("a", "b")).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void saysThatAnEngineCannotBeOpened() throws Exception {
        // when
        try (var server =
                RunningServer.start(
                        Map.of(),
                        _ ->
                                () -> {
                                    throw new ModelException("no such engine");
                                })) {

            // then
            await().until(() -> server.health().get("status").asText().equals("degraded"));
            assertThat(server.get("/ready").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void refusesWhatFindsTheQueueFull() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server = RunningServer.start(Map.of("QUEUE_CAPACITY", "1"), engine).awaitReady()) {
            var running = server.swapLater(Form.of("a", "first"));
            engine.started.acquire();
            var queued = server.swapLater(Form.of("a", "second"));
            server.awaitBehindOne(1);

            // when
            var third = server.swap(Form.of("a", "third"));

            // then
            assertThat(third.statusCode()).isEqualTo(429);
            assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(server.health().get("tasks_in_flight").asInt()).isEqualTo(1);
            engine.mayFinish.release(2);
            assertThat(running.join().body()).asString().isEqualTo("first");
            assertThat(queued.join().body()).asString().isEqualTo("second");
            await().until(() -> server.health().get("tasks_completed_total").asInt() == 2);
            assertThat(server.health().get("last_inference_ms").asInt()).isEqualTo(7);
        }
    }

    @Test
    void finishesAcceptedTasksAndRefusesNewOnesWhileDraining() throws Exception {
        // given
        var engine = FakeEngine.warm();
        var server = RunningServer.start(Map.of(), engine).awaitReady();
        var running = server.swapLater(Form.of("a", "first"));
        engine.started.acquire();
        var queued = server.swapLater(Form.of("a", "second"));
        server.awaitBehindOne(1);

        // when
        var drained = CompletableFuture.supplyAsync(server::drain);
        await().until(() -> server.health().get("draining").asBoolean());

        // then
        assertThat(server.get("/ready").statusCode()).isEqualTo(503);
        assertThat(server.health().get("status").asText()).isEqualTo("draining");
        assertThat(server.swap(Form.of("a", "third")).statusCode()).isEqualTo(503);
        engine.mayFinish.release(2);
        assertThat(running.get(10, TimeUnit.SECONDS).body()).asString().isEqualTo("first");
        assertThat(queued.get(10, TimeUnit.SECONDS).body()).asString().isEqualTo("second");
        assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(engine.closed).hasValue(1);
    }

    @Test
    void givesTheDrainUpAtItsTimeout() throws Exception {
        // given
        var engine = FakeEngine.warm();
        var server = RunningServer.start(Map.of("DRAIN_TIMEOUT_SECONDS", "1"), engine).awaitReady();
        var hung = server.swapLater(Form.of("a", "first"));
        engine.started.acquire();
        var queued = server.swapLater(Form.of("a", "second"));
        server.awaitBehindOne(1);

        // when
        var finished = server.drain();

        // then
        assertThat(finished).isFalse();
        assertThat(queued.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
        assertThat(hung.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
        assertThat(engine.closed).hasValue(0);
        engine.mayFinish.release();
    }

    @Test
    void saysThatATaskStalls() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server =
                RunningServer.start(Map.of("STALL_THRESHOLD_SECONDS", "1"), engine).awaitReady()) {

            // when
            var hung = server.swapLater(Form.of("a", "first"));

            // then
            var stalled =
                    await().until(() -> server.get("/health"), report -> stalledFor(report) >= 0);
            assertThat(stalled.statusCode()).isEqualTo(stalledFor(stalled) < 3 ? 200 : 503);
            var stuck =
                    await().until(
                                    () -> server.get("/health"),
                                    report -> report.statusCode() == 503);
            assertThat(stalledFor(stuck)).isGreaterThanOrEqualTo(3);
            engine.mayFinish.release();
            hung.join();
            await().until(() -> server.get("/health").statusCode() == 200);
        }
    }

    @Test
    void answersADefectWithoutItsStackTrace() throws Exception {
        // given
        var engine = FakeEngine.warm();
        engine.mayFinish.release(2);
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {

            // when
            var response = server.swap(Form.of("defect", "b"));

            // then
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            assertThat(new String(response.body(), StandardCharsets.UTF_8))
                    .doesNotContain("on purpose")
                    .contains(response.headers().firstValue("X-Request-Id").orElseThrow());
            assertThat(server.swap(Form.of("a", "b")).statusCode()).isEqualTo(200);
            await().until(() -> server.health().get("tasks_failed_total").asInt() == 1);
        }
    }

    @Test
    void answersAtTheDeadlineOfATask() throws Exception {
        // given
        var engine = FakeEngine.warm();
        try (var server =
                RunningServer.start(Map.of("TASK_TIMEOUT_SECONDS", "3"), engine).awaitReady()) {

            // when
            var running = server.swapLater(Form.of("a", "first"));
            engine.started.acquire();
            var queued = server.swap(Form.of("a", "second"));

            // then
            assertThat(queued.statusCode()).isEqualTo(504);
            assertThat(running.join().statusCode()).isEqualTo(504);
            await().until(() -> server.health().get("task_queue_length").asInt() == 0);
            engine.mayFinish.release();
            await().until(() -> server.health().get("tasks_failed_total").asInt() == 2);
            assertThat(server.health().get("tasks_in_flight").asInt()).isZero();
        }
    }

    // For so many seconds; negative if it is not called stalled.
    private static int stalledFor(HttpResponse<byte[]> health) {
        try {
            var report = RunningServer.json(health);
            return report.get("status").asText().equals("stalled")
                    ? report.get("seconds_since_progress").asInt()
                    : -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
