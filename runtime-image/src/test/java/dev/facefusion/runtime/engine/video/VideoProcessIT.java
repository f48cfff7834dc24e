package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a process takes for a video, and what it leaves behind when it is told to end.
@NeedsFfmpeg
@Timeout(300)
class VideoProcessIT {

    private static final Path PHOTO = Path.of("models/photos/astronaut.png");

    @TempDir private Path folder;

    private Process start(Path source, int heapMebibytes) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx%dm".formatted(heapMebibytes),
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        VideoProcess.class.getName(),
                        source.toString(),
                        folder.resolve("out.mp4").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private record Taken(long heap, long resident) {}

    private Taken taken(Path source) throws IOException, InterruptedException {
        var said = finished(start(source, 256));
        return new Taken(number(said, "heap"), number(said, "rss"));
    }

    private static String finished(Process process) throws IOException, InterruptedException {
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).contains("Finished");
        return said;
    }

    private static long number(String said, String name) {
        return said.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLongVideoTakesNoMoreMemoryThanAShortOne() throws Exception {
        var shorter = Footages.portrait(folder.resolve("10.mp4"), PHOTO, "640x360", 10);
        var longer = Footages.portrait(folder.resolve("60.mp4"), PHOTO, "640x360", 60);

        var ten = taken(shorter);
        var sixty = taken(longer);

        assertThat(sixty.heap()).isCloseTo(ten.heap(), withinPercentage(10));
        assertThat(sixty.resident()).isCloseTo(ten.resident(), withinPercentage(10));
    }

    /// A frame takes 47 MiB in 4:2:0, of which three are on their way, and 95 MiB as RGB: 237 MiB.
    @Test
    void picturesOf8KFitIntoASmallHeap() throws Exception {
        var source =
                Footages.make(
                        folder.resolve("8k.mp4"),
                        "-f lavfi -i color=gray:size=7680x4320:rate=25 -frames:v 4 -c:v libx264 -preset"
                                + " ultrafast -pix_fmt yuv420p FILE");

        finished(start(source, 384));

        assertThat(Footages.told(folder.resolve("out.mp4"), "v", "width,height,nb_read_frames"))
                .isEqualTo("7680,4320,4");
    }

    @Test
    void leavesNothingBehindWhenItIsToldToEnd() throws Exception {
        var source = Footages.portrait(folder.resolve("60.mp4"), PHOTO, "640x360", 60);
        var process = start(source, 256);
        var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo("running");
        while (!unfinished()) {
            Thread.onSpinWait();
        }
        var children = process.descendants().toList();
        assertThat(children).hasSize(2);

        process.destroy(); // SIGTERM

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        assertThat(unfinished()).isFalse();
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    private boolean unfinished() throws IOException {
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".part"));
        }
    }
}
