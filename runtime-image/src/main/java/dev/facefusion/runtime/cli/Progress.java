package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.sdk.ProgressListener;
import dev.facefusion.sdk.Result.Done;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// Tells how a command gets on: to a person at a terminal, else as one JSON object per line.
sealed interface Progress extends ProgressListener {

    /// The result is written.
    void done(Done done);

    /// The one that fits where standard output goes.
    ///
    /// @param json whether JSON is asked for wherever it goes
    static Progress ofStandardOutput(boolean json) {
        return !json && toTerminal() ? new Terminal(System.out) : new JsonLines(System.out);
    }

    /// Whether a person reads standard output.
    static boolean toTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /// Overwrites one line.
    record Terminal(PrintStream out) implements Progress {

        @Override
        public void finished(Stage stage, Duration elapsed) {
            out.printf("\r\033[K%s", label(stage));
            out.flush();
        }

        @Override
        public void done(Done done) {
            out.printf(
                    "\r\033[K%s: %d x %d, %d face(s), %d ms%n",
                    done.output(),
                    done.width(),
                    done.height(),
                    done.faces(),
                    done.elapsed().toMillis());
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
        public void done(Done done) {
            out.printf(
                    "{\"event\":\"done\",\"request_id\":\"%s\",\"width\":%d,\"height\":%d,\"faces\":%d,\"elapsed_ms\":%d}%n",
                    done.requestId(),
                    done.width(),
                    done.height(),
                    done.faces(),
                    done.elapsed().toMillis());
        }
    }

    private static String label(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
