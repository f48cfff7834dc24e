package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Tells how a command gets on: to a person at a terminal, else as one JSON object per line.
sealed interface Progress extends StageListener {

    /// The result is written.
    void done(Path output, Swapped swapped);

    /// The one that fits where standard output goes.
    static Progress ofStandardOutput() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                ? new Terminal(System.out)
                : new JsonLines(System.out);
    }

    /// Overwrites one line.
    record Terminal(PrintStream out) implements Progress {

        @Override
        public void finished(Stage stage, Duration elapsed) {
            out.printf("\r\033[K%s", label(stage));
            out.flush();
        }

        @Override
        public void done(Path output, Swapped swapped) {
            out.printf(
                    "\r\033[K%s: %d x %d, %d face(s), %d ms%n",
                    output,
                    swapped.width(),
                    swapped.height(),
                    swapped.targetFaces(),
                    swapped.elapsed().toMillis());
        }
    }

    record JsonLines(PrintStream out) implements Progress {

        @Override
        public void finished(Stage stage, Duration elapsed) {
            out.printf(
                    Locale.ROOT,
                    "{\"event\":\"stage\",\"stage\":\"%s\",\"elapsed_ms\":%.3f}%n",
                    label(stage),
                    elapsed.toNanos() / 1e6);
        }

        @Override
        public void done(Path output, Swapped swapped) {
            out.printf(
                    "{\"event\":\"done\",\"width\":%d,\"height\":%d,\"faces\":%d,\"elapsed_ms\":%d}%n",
                    swapped.width(),
                    swapped.height(),
                    swapped.targetFaces(),
                    swapped.elapsed().toMillis());
        }
    }

    private static String label(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
