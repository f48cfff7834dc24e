package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script that a shell finds as `facefusion`.
@Timeout(60)
class LauncherIT {

    private static final Path SCRIPT = Path.of("bin/facefusion").toAbsolutePath();

    @TempDir private Path directory;

    @Test
    void startsTheCommandLineFromWhereverItIsLinked() throws Exception {
        // given
        var link = Files.createSymbolicLink(directory.resolve("facefusion"), SCRIPT);

        // when
        var ended = run(link, "--version");

        // then
        assertThat(ended.code()).isZero();
        assertThat(ended.said()).matches("facefusion \\d+\\.\\d+\\.\\d+");
    }

    @Test
    void handsArgumentsOnAsTheyAre() throws Exception {
        var ended = run(SCRIPT, "verify", "no such file *.png");

        assertThat(ended.code()).isEqualTo(ExitCode.FILE_ERROR.code());
        assertThat(ended.said()).contains("no such file *.png");
    }

    @Test
    void saysHowToBuildWhatIsNotBuilt() throws Exception {
        // given
        var copy = Files.createDirectories(directory.resolve("runtime-image/bin"));
        Files.copy(SCRIPT, copy.resolve("facefusion"));

        // when
        var ended = run(copy.resolve("facefusion"), "--version");

        // then
        assertThat(ended.code()).isEqualTo(ExitCode.BAD_CONFIG.code());
        assertThat(ended.said()).contains("not built yet", "./mvnw", directory.toString());
    }

    private record Ended(int code, String said) {}

    private static Ended run(Path script, String... arguments) throws Exception {
        var starting = new ProcessBuilder(script.toString()).redirectErrorStream(true);
        starting.command().addAll(List.of(arguments));
        starting.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var process = starting.start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Ended(process.waitFor(), said.strip());
    }
}
