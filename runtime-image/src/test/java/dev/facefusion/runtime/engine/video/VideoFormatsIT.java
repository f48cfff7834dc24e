package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.Rational;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read as a video, and what each container is given.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoFormatsIT {

    @RegisterExtension private final VideoBench bench;

    VideoFormatsIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip.gif", "clip.apng"})
    void takesAnimatedPictures(String name) {
        var source =
                Footages.make(
                        bench.file(name),
                        "-f lavfi -i testsrc2=size=320x240:rate=10:duration=2 "
                                + (name.endsWith("apng") ? "-f apng FILE" : "FILE"));

        var outcome =
                VideoBench.finished(
                        bench.run(source, "out.mp4", VideoBench.lossless(), HandWork.nothing()));

        assertThat(outcome.frames()).isEqualTo(20);
        assertThat(Footages.told(outcome.output(), "v", "avg_frame_rate,nb_read_frames"))
                .isEqualTo("10/1,20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "webp", "bmp"})
    void makesAVideoOfPictures(String ending) throws IOException {
        var pictures = Files.createDirectory(bench.file("pictures"));
        Footages.make(
                pictures.resolve("%03d." + ending),
                "-f lavfi -i testsrc2=size=320x240:rate=10:duration=2 "
                        + (ending.equals("webp") ? "-c:v libwebp FILE" : "FILE"));
        List<Path> files;
        try (var listed = Files.list(pictures)) {
            files = listed.sorted().toList();
        }
        var options = VideoBench.lossless().with(new Trim.Frames(5, OptionalLong.of(15)));

        var outcome =
                VideoBench.finished(
                        bench.run(
                                new VideoRequest(
                                        new VideoSource.Pictures(files, new Rational(12, 1)),
                                        bench.file("out.mp4"),
                                        options),
                                HandWork.nothing()));

        assertThat(outcome.frames()).isEqualTo(10);
        assertThat(Footages.told(outcome.output(), "v", "avg_frame_rate,nb_read_frames"))
                .isEqualTo("12/1,10");
    }

    @ParameterizedTest
    @CsvSource({
        "out.mp4, h264, aac",
        "out.mkv, h264, aac",
        "out.mov, h264, aac",
        "out.avi, h264, aac",
        "out.webm, vp9, opus",
        "out.m4v, h264, aac",
        "out.mxf, h264, pcm_s16le",
        "out.wmv, h264, aac",
        "out.mpg, h264, mp3",
    })
    void writesEachContainerWithWhatItTakes(String output, String video, String audio) {
        var source = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -c:a aac -ar 48000");

        var outcome =
                VideoBench.finished(
                        bench.run(source, output, VideoOptions.defaults(), HandWork.square(1)));

        assertThat(Footages.told(outcome.output(), "v", "codec_name,nb_read_frames"))
                .isEqualTo(video + ",50");
        assertThat(Footages.told(outcome.output(), "a", "codec_name")).isEqualTo(audio);
    }
}
