package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `facefusion serve` as a process: what the kubelet starts and stops.
@Timeout(180)
class ServeIT {

    private static final Map<String, String> FREE_PORTS =
            Map.of("API_PORT", "0", "HEALTH_PORT", "0");

    @Test
    void finishesItsTasksWhenItIsTerminated() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(FREE_PORTS)) {
            runtime.awaitReady();
            var answers = Stream.generate(runtime::swap).limit(6).toList();
            await().atMost(Duration.ofMinutes(1)).until(() -> runtime.acceptedTasks() == 6);

            // when
            runtime.stop();

            // then
            assertThat(answers).extracting(answer -> answer.join().statusCode()).containsOnly(200);
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsAtOnceWhenItIsTerminatedIdle() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(FREE_PORTS)) {
            runtime.awaitReady();

            // when
            runtime.stop();

            // then
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void endsWhenItIsTerminatedWhileItStarts() throws Exception {
        // given
        try (var runtime = RuntimeProcess.serve(FREE_PORTS)) {

            // when
            runtime.stop();

            // then
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.OK.code());
        }
    }

    @Test
    void explainsABadVariableInOneLine() throws Exception {
        // when
        try (var runtime = RuntimeProcess.start(Map.of("QUEUE_CAPACITY", "many"), "serve")) {

            // then
            assertThat(runtime.exitCode()).isEqualTo(ExitCode.BAD_CONFIG.code());
            assertThat(runtime.text())
                    .contains("QUEUE_CAPACITY", "\"many\"", "Set it to a whole number")
                    .hasLineCount(1);
        }
    }

    @Test
    void explainsAPortInUse() throws Exception {
        // given
        try (var first = RuntimeProcess.serve(FREE_PORTS)) {
            var taken = Integer.toString(first.api("/").getPort());

            // when
            try (var second =
                    RuntimeProcess.start(Map.of("API_PORT", taken, "HEALTH_PORT", "0"), "serve")) {

                // then
                assertThat(second.exitCode()).isEqualTo(ExitCode.BAD_CONFIG.code());
                assertThat(second.text()).contains("port " + taken + " cannot be opened");
            }
        }
    }
}
