package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `facefusion run` on a video that does not go to its end.
@NeedsFfmpeg
@Timeout(120)
class InterruptedVideoIT {

    private static final Path SOURCE = Path.of("models/photos/grace_hopper.jpg");
    private static final Path PHOTO = Path.of("models/photos/astronaut.png");

    @TempDir private static Path films;

    private static Path film = Path.of("");

    @TempDir private Path folder;

    @BeforeAll
    static void makeFilm() {
        film = Footages.portrait(films.resolve("film.mp4"), PHOTO, "320x240", 20);
    }

    /// The command, once it told of a first frame.
    private record Running(Process process, BufferedReader output, Path errors) {

        List<ProcessHandle> children() {
            return process.descendants().toList();
        }

        int exitCode() throws Exception {
            assertThat(output.lines()).noneMatch(line -> line.contains("\"done\""));
            return process.waitFor();
        }
    }

    private Running start() throws IOException {
        var errors = folder.resolve("errors");
        var process =
                // A build in the background ignores SIGINT, and so would what it starts.
                new ProcessBuilder(
                                "env",
                                "--default-signal=INT",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RuntimeMain.class.getName(),
                                "run",
                                "--source",
                                SOURCE.toString(),
                                "--target",
                                film.toString(),
                                "--output",
                                folder.resolve("out.mp4").toString())
                        .redirectError(errors.toFile())
                        .start();
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        var line = output.readLine();
        while (line != null && !line.contains("\"progress\"")) {
            line = output.readLine();
        }
        assertThat(line).as(Files.readString(errors)).isNotNull();
        return new Running(process, output, errors);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void aSignalStopsItAndLeavesNothing(String signal) throws Exception {
        // given
        var running = start();
        var children = running.children();
        assertThat(children).hasSize(2);

        // when
        send(signal, running.process().pid());

        // then
        assertThat(running.exitCode()).isEqualTo(ExitCode.CANCELLED.code());
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.readString(running.errors())).contains("Stopped; ", "is not written.");
        assertThat(names()).containsExactly("errors");
    }

    @Test
    void anFfmpegThatDiesFailsTheTaskAndLeavesNothing() throws Exception {
        // given
        var running = start();
        var children = running.children();

        // when
        send("SEGV", children.getFirst().pid());

        // then
        assertThat(running.exitCode()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(Files.readString(running.errors())).contains("ffmpeg ended with 139");
        assertThat(names()).containsExactly("errors");
    }

    private static void send(String signal, long process) throws Exception {
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
