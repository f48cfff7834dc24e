package dev.facefusion.sdk.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short soak in a process of its own, with the settings of the image. `dev/soak` makes it long.
@NeedsFfmpeg
class SoakIT {

    private static final String TABLE = "target/soak.txt";

    @TempDir private Path folder;

    @Test
    void leavesNothingBehind() throws Exception {
        var work = Files.createDirectory(folder.resolve("work"));
        var java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                // All of the heap from the start: what grows is native memory. What
                                // is left in the heap fills it before the end.
                                "-Xms256m",
                                "-Xmx256m",
                                "-XX:+AlwaysPreTouch",
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + work,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Soak.class.getName(),
                                System.getProperty("soak.pictures", "100"),
                                System.getProperty("soak.videos", "3"),
                                System.getProperty("soak.seed", "1"),
                                work.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(Path.of(TABLE).toFile());
        java.environment().put("MALLOC_ARENA_MAX", "2");

        int status = java.start().waitFor();

        var table = Files.readString(Path.of(TABLE), UTF_8);
        assertThat(status).as(table).isZero();
        assertThat(table).endsWith("nothing is left\n");
    }
}
