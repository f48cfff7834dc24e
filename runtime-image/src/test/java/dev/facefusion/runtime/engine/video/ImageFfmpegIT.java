package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The programs that the image brings along; [EachFfmpeg] has videos made with them.
class ImageFfmpegIT {

    private static final String OF_EVERY_BASE = "lib(c|m|mvec|gcc_s|stdc\\+\\+)\\.so\\.[0-9]+";

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "ffprobe"})
    void needsNothingThatAnImageMayLack(String program) {
        var loaded =
                ImageFfmpeg.said(
                                List.of(ImageFfmpeg.FOLDER.resolve(program).toString()),
                                Map.of("LD_TRACE_LOADED_OBJECTS", "1"))
                        .lines()
                        .map(line -> line.strip().split(" ", 2)[0])
                        .toList();

        assertThat(loaded)
                .anyMatch(name -> name.startsWith("libavcodec.so."))
                .allMatch(name ->
                        Files.exists(ImageFfmpeg.FOLDER.resolve(name))
                                || name.matches("linux-vdso.*|/.*/ld-linux-.*|" + OF_EVERY_BASE));
    }

    @Test
    void hasTheEncodersThatTheOptionsName() {
        assertThat(ImageFfmpeg.ffmpeg().encoders())
                .contains("libx264", "libx264rgb", "libx265", "libvpx-vp9", "rawvideo")
                .contains("h264_nvenc", "hevc_nvenc")
                .contains("aac", "flac", "libmp3lame", "libopus", "pcm_s16le", "pcm_s32le");
    }
}
