package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected values are FaceFusion 3.8.1's, as its own code gives them.
class VideoEncoderTest {

    @ParameterizedTest
    @CsvSource({
        "LIBX264, 80, -crf 10",
        "LIBX264, 50, -crf 26", // 25.5, half to even
        "LIBX264, 100, -crf 0",
        "LIBX264, 0, -crf 51",
        "LIBX265, 80, -crf 10",
        "LIBVPX_VP9, 80, -crf 13",
        "LIBVPX_VP9, 50, -crf 32", // 31.5
        "H264_NVENC, 80, -cq 10",
        "HEVC_AMF, 80, -qp_i 10 -qp_p 10 -qp_b 10",
        "H264_QSV, 80, -qp 10",
        "H264_VIDEOTOOLBOX, 80, -b:v 40614k",
        "H264_VIDEOTOOLBOX, 0, -b:v 1024k",
        "HEVC_VIDEOTOOLBOX, 100, -b:v 50512k",
        "RAWVIDEO, 80, ''",
    })
    void mapsTheQuality(VideoEncoder encoder, int quality, String arguments) {
        assertThat(String.join(" ", encoder.quality(quality))).isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "LIBX264, VERYFAST, -preset veryfast",
        "LIBX265, VERYSLOW, -preset veryslow",
        "H264_NVENC, ULTRAFAST, -preset fast",
        "H264_NVENC, FAST, -preset fast",
        "H264_NVENC, MEDIUM, -preset medium",
        "HEVC_NVENC, SLOW, -preset slow",
        "H264_AMF, FAST, -quality speed",
        "H264_AMF, MEDIUM, -quality balanced",
        "H264_AMF, VERYSLOW, -quality quality",
        "H264_QSV, ULTRAFAST, -preset veryfast",
        "H264_QSV, SLOWER, -preset slower",
        "LIBVPX_VP9, FAST, ''",
    })
    void mapsThePreset(VideoEncoder encoder, VideoPreset preset, String arguments) {
        assertThat(String.join(" ", encoder.preset(preset))).isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "AAC, 80, -q:a 1.6",
        "AAC, 0, -q:a 0.1",
        "AAC, 100, -q:a 2.0",
        "LIBMP3LAME, 80, -q:a 2",
        "LIBMP3LAME, 0, -q:a 9",
        "LIBOPUS, 80, -b:a 218k",
        "LIBVORBIS, 80, -q:a 7.8",
        "LIBVORBIS, 0, -q:a -1.0",
        "FLAC, 80, ''",
    })
    void mapsTheSoundsQuality(AudioEncoder encoder, int quality, String arguments) {
        assertThat(String.join(" ", encoder.quality(quality))).isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "a.avi, LIBX265, LIBX265, LIBOPUS, AAC",
        "a.m4v, LIBX265, LIBX264, FLAC, AAC",
        "a.mkv, RAWVIDEO, LIBX264, FLAC, FLAC",
        "a.MOV, LIBVPX_VP9, LIBX264, LIBOPUS, AAC",
        "a.mp4, RAWVIDEO, LIBX264, FLAC, FLAC",
        "a.mpg, LIBX265, LIBX264, AAC, LIBMP3LAME",
        "a.mxf, LIBX265, LIBX264, AAC, PCM_S16LE",
        "a.webm, LIBX264, LIBVPX_VP9, AAC, LIBOPUS",
        "a.wmv, LIBX265, LIBX264, LIBVORBIS, AAC",
    })
    void replacesWhatAContainerDoesNotTake(
            Path file,
            VideoEncoder asked,
            VideoEncoder used,
            AudioEncoder askedForSound,
            AudioEncoder usedForSound) {
        var container = Container.of(file).orElseThrow();

        assertThat(container.replaced(asked)).isEqualTo(used);
        assertThat(container.replaced(askedForSound)).isEqualTo(usedForSound);
    }
}
