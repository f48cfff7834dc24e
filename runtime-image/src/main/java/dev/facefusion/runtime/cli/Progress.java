package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.sdk.ProgressListener;
import dev.facefusion.sdk.Result;
import dev.facefusion.sdk.Result.Done;
import dev.facefusion.sdk.Result.Filmed;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells how a command gets on: to a person at a terminal, else as one JSON object per line.
sealed interface Progress extends ProgressListener, AutoCloseable {

    /// The result is written.
    void done(Result result);

    /// What is written next, such as an error, begins a line of its own.
    @Override
    default void close() {}

    /// The same of a video, whose stages are too many to tell: a handful for each frame.
    default Progress ofVideo() {
        return new OfVideo(this);
    }

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

    record OfVideo(Progress whole) implements Progress {

        @Override
        public void finished(Stage stage, Duration elapsed) {}

        @Override
        public void progressed(VideoProgress progress) {
            whole.progressed(progress);
        }

        @Override
        public void done(Result result) {
            whole.done(result);
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    /// Overwrites one line. A terminal that is narrower cuts it off: one that wrapped it would
    /// leave a line behind each time.
    record Terminal(PrintStream out) implements Progress {

        private static final String BAR = "=".repeat(30);
        private static final String CLEAR = "\r\033[K";

        @Override
        public void finished(Stage stage, Duration elapsed) {
            show(label(stage));
        }

        // What matters most comes first.
        @Override
        public void progressed(VideoProgress progress) {
            int filled = (int) Math.round(progress.fraction() * BAR.length());
            show(
                    String.format(
                            Locale.ROOT,
                            "%d/%d frames  %.1f/s  %s left  [%s%s]",
                            progress.frames(),
                            progress.total(),
                            progress.framesPerSecond(),
                            progress.remaining().map(Terminal::clock).orElse("-:--"),
                            BAR.substring(0, filled),
                            " ".repeat(BAR.length() - filled)));
        }

        private void show(String line) {
            out.print(CLEAR + "\033[?7l" + line + "\033[?7h");
            out.flush();
        }

        @Override
        public void close() {
            out.print(CLEAR);
            out.flush();
        }

        @Override
        public void done(Result result) {
            switch (result) {
                case Done done -> {
                    out.printf(
                            CLEAR + "%s: %d x %d, %d face(s), %d ms%n",
                            done.output(),
                            done.width(),
                            done.height(),
                            done.faces(),
                            done.elapsed().toMillis());
                    tell(done.alterations());
                }
                case Filmed video -> {
                    out.printf(
                            Locale.ROOT,
                            CLEAR + "%s: %d x %d, %d frames, %d changed, %.1f s%n",
                            video.output(),
                            video.width(),
                            video.height(),
                            video.frames(),
                            video.changedFrames(),
                            video.elapsed().toMillis() / 1e3);
                    tell(video.alterations());
                }
                case Result.NoFace _,
                        Result.Unusable _,
                        Result.Unavailable _,
                        Result.Failed _,
                        Result.Cancelled _ -> {} // told as an error
            }
        }

        private void tell(Set<Alteration> alterations) {
            alterations.forEach(other -> out.println(other.sentence()));
        }

        private static String clock(Duration left) {
            return left.toHours() == 0
                    ? "%d:%02d".formatted(left.toMinutes(), left.toSecondsPart())
                    : "%d:%02d:%02d"
                            .formatted(left.toHours(), left.toMinutesPart(), left.toSecondsPart());
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
        public void progressed(VideoProgress progress) {
            out.printf(
                    Locale.ROOT,
                    "{\"event\":\"progress\",\"frames\":%d,\"total\":%d,\"frames_per_second\":%.2f,\"remaining_ms\":%s}%n",
                    progress.frames(),
                    progress.total(),
                    progress.framesPerSecond(),
                    progress.remaining()
                            .map(left -> Long.toString(left.toMillis()))
                            .orElse("null"));
        }

        @Override
        public void done(Result result) {
            switch (result) {
                case Done done -> picture(done);
                case Filmed video -> video(video);
                case Result.NoFace _,
                        Result.Unusable _,
                        Result.Unavailable _,
                        Result.Failed _,
                        Result.Cancelled _ -> {} // told as an error
            }
        }

        private void video(Filmed video) {
            out.printf(
                    "{\"event\":\"done\",\"request_id\":\"%s\",\"width\":%d,\"height\":%d,\"frames\":%d,\"changed_frames\":%d,\"elapsed_ms\":%d,\"alterations\":[%s]}%n",
                    video.requestId(),
                    video.width(),
                    video.height(),
                    video.frames(),
                    video.changedFrames(),
                    video.elapsed().toMillis(),
                    names(video.alterations()));
        }

        private void picture(Done done) {
            out.printf(
                    "{\"event\":\"done\",\"request_id\":\"%s\",\"width\":%d,\"height\":%d,\"faces\":%d,\"elapsed_ms\":%d,\"alterations\":[%s]}%n",
                    done.requestId(),
                    done.width(),
                    done.height(),
                    done.faces(),
                    done.elapsed().toMillis(),
                    names(done.alterations()));
        }

        private static String names(Set<Alteration> alterations) {
            return alterations.stream()
                    .map(other -> '"' + other.name().toLowerCase(Locale.ROOT) + '"')
                    .collect(Collectors.joining(","));
        }
    }

    private static String label(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }
}
