package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever the engine was asked for when the heap was full, the process hears of it.
@Timeout(60)
class FullHeapIT {

    @Test
    void answersTheTaskThatFilledIt() throws Exception {
        // given
        var engine = FakeEngine.busy((_, _) -> fill());
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {
            assertThat(server.heapFull()).isNotDone();

            // when
            var answer = server.swap(Form.of("a", "b"));

            // then
            assertThat(answer.statusCode()).isEqualTo(507);
            assertThat(server.heapFull()).isDone();
        }
    }

    @Test
    void hearsOfATaskThatNobodyWaitedForAnyMore() throws Exception {
        // given: an engine that does not heed the time
        var expired = new AtomicBoolean();
        var engine =
                FakeEngine.busy((_, cancellation) -> {
                    await().until(cancellation::cancelled);
                    expired.set(true);
                    fill();
                });
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {

            // when
            var request = server.swapRequest(Form.of("a", "b"));
            var answer =
                    server.send(
                            HttpRequest.newBuilder(request, (_, _) -> true)
                                    .header("X-Deadline-Ms", "500")
                                    .build());

            // then
            assertThat(answer.statusCode()).isEqualTo(504);
            await().until(server.heapFull()::isDone);
            assertThat(expired).isTrue();
        }
    }

    @Test
    void hearsOfASelfTest() throws Exception {
        // given
        var full = new AtomicBoolean();
        var engine =
                FakeEngine.busy((_, _) -> {
                    if (full.get()) {
                        fill();
                    }
                });
        try (var server =
                RunningServer.start(
                                Map.of("SELF_TEST", "on", "SELF_TEST_PERIOD_SECONDS", "1"), engine)
                        .awaitReady()) {

            // when
            full.set(true);
            server.get("/ready?deep=1");

            // then
            await().until(server.heapFull()::isDone);
        }
    }

    @Test
    void hearsOfAnEngineThatCannotBeOpened() {
        try (var server =
                RunningServer.start(
                        Map.of(),
                        _ ->
                                () -> {
                                    throw new OutOfMemoryError("on purpose");
                                })) {
            await().until(server.heapFull()::isDone);
        }
    }

    private static void fill() {
        throw new OutOfMemoryError("on purpose");
    }
}
