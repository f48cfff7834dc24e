package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All of the same by the image's ffmpeg, which is three releases newer than the oldest that we
/// work with. The videos are made, and looked at, by the machine's own.
@NeedsFfmpeg
class ImageFfmpegIT extends VideoEngineIT {

    private static final String OF_EVERY_BASE = "lib(c|m|mvec|gcc_s|stdc\\+\\+)\\.so\\.[0-9]+";

    @TempDir private static Path programs;

    @Override
    Ffmpeg ffmpeg() {
        return Ffmpeg.find(programs.toString());
    }

    /// As the Dockerfile does.
    @BeforeAll
    static void layOut() throws Exception {
        var platform = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        said(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "src/image/VideoPrograms.java",
                        "target/ffmpeg/%s.jar".formatted(platform),
                        programs.toString()),
                Map.of());
    }

    private static String said(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s", command).isZero();
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "ffprobe"})
    void needsNothingThatAnImageMayLack(String program) throws Exception {
        var loaded =
                said(
                                List.of(programs.resolve(program).toString()),
                                Map.of("LD_TRACE_LOADED_OBJECTS", "1"))
                        .lines()
                        .map(line -> line.strip().split(" ", 2)[0])
                        .toList();

        assertThat(loaded)
                .anyMatch(name -> name.startsWith("libavcodec.so."))
                .allMatch(name ->
                        Files.exists(programs.resolve(name))
                                || name.matches("linux-vdso.*|/.*/ld-linux-.*|" + OF_EVERY_BASE));
    }

    @Test
    void hasTheEncodersThatTheOptionsName() {
        assertThat(ffmpeg().encoders())
                .contains("libx264", "libx264rgb", "libx265", "libvpx-vp9", "rawvideo")
                .contains("h264_nvenc", "hevc_nvenc")
                .contains("aac", "flac", "libmp3lame", "libopus", "pcm_s16le", "pcm_s32le");
    }
}
