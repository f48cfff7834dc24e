package dev.facefusion.runtime.engine.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.Pipeline;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.models.ModelStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownIT {

    @Test
    void modelsMayRunUntilTheProcessEnds() throws IOException, InterruptedException {
        // given
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process =
                new ProcessBuilder(
                                java,
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Drain.class.getName())
                        .redirectErrorStream(true)
                        .start();

        // when
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        boolean ended = process.waitFor(1, TimeUnit.MINUTES);

        // then
        assertThat(ended).isTrue();
        assertThat(output).contains("drained");
        assertThat(process.exitValue()).isZero();
    }

    /// A process that is told to stop while a task runs, and finishes the task first.
    static final class Drain {

        private static final int RUNS = 10;

        private Drain() {}

        public static void main(String[] args) {
            var models = ModelStore.open(Reference.MODELS);
            var pipeline = EnginePlan.of(models, ExecutionSettings.cpu(1)).open();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> finish(pipeline)));
            System.exit(0);
        }

        /// Long after the other shutdown hooks are done.
        private static void finish(Pipeline pipeline) {
            for (int run = 0; run < RUNS; run++) {
                pipeline.warmUp();
            }
            System.out.println("drained");
        }
    }
}
