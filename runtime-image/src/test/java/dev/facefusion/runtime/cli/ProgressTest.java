package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.sdk.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, UTF_8);

    @Test
    void overwritesOneLineThatNoTerminalWraps() {
        // when
        new Progress.Terminal(out).progressed(new VideoProgress(30, 120, 12.34));

        // then: cleared, written with wrapping off, and no line begun
        assertThat(shown.toString(UTF_8))
                .isEqualTo(
                        "\r\033[K\033[?7l30/120 frames  12.3/s  0:07 left  [========                      ]\033[?7h");
    }

    @Test
    void countsHours() {
        // when
        new Progress.Terminal(out).progressed(new VideoProgress(1, 7_385, 1));

        // then: 7384 s
        assertThat(shown.toString(UTF_8)).contains("1/7385 frames  1.0/s  2:03:04 left");
    }

    @Test
    void tellsNoStagesOfAVideo() {
        // given
        var terminal = new Progress.Terminal(out).ofVideo();
        var lines = new Progress.JsonLines(out).ofVideo();

        // when
        terminal.finished(Stage.MASK, Duration.ofMillis(3));
        lines.finished(Stage.MASK, Duration.ofMillis(3));

        // then
        assertThat(shown.toString(UTF_8)).isEmpty();
    }

    @Test
    void saysWhatOfAVideoWasNotKept() {
        // given
        var filmed =
                new Result.Filmed(
                        Path.of("out.mp4"),
                        "id",
                        320,
                        240,
                        50,
                        48,
                        Duration.ofMillis(1500),
                        Set.of(Alteration.SUBTITLES_DROPPED, Alteration.REDUCED_DEPTH));

        // when
        new Progress.JsonLines(out).done(filmed);
        new Progress.Terminal(out).done(filmed);

        // then
        assertThat(shown.toString(UTF_8).split("\n"))
                .satisfiesExactly(
                        event ->
                                assertThat(event)
                                        .endsWith(
                                                "\"elapsed_ms\":1500,\"alterations\":[\"reduced_depth\",\"subtitles_dropped\"]}"),
                        line ->
                                assertThat(line)
                                        .endsWith("320 x 240, 50 frames, 48 changed, 1.5 s"),
                        depth -> assertThat(depth).contains("8 bits"),
                        subtitles -> assertThat(subtitles).contains("Subtitles"));
    }

    @Test
    void leavesAnEmptyLineToWhatComesNext() {
        // given
        var terminal = new Progress.Terminal(out);
        terminal.finished(Stage.DETECT, Duration.ofMillis(3));

        // when
        terminal.close();

        // then
        assertThat(shown.toString(UTF_8)).endsWith("detect\033[?7h\r\033[K");
    }
}
