package dev.facefusion.runtime.engine.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is no video, or more than may be taken, is refused with the reason.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoRefusalIT {

    @RegisterExtension private final VideoBench bench;

    VideoRefusalIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @Test
    void saysOfAPictureThatItIsNoVideo() {
        var picture = Path.of("models/photos/grace_hopper.jpg");

        var outcome = bench.run(picture, "out.mp4", VideoBench.lossless(), HandWork.nothing());

        assertThat(outcome)
                .isEqualTo(
                        new VideoOutcome.Refused(
                                VideoFault.NOT_A_VIDEO,
                                "The file is no video, or of a format that is not read."));
    }

    @Test
    void refusesWhatIsNoUsableVideo() throws IOException {
        var clip =
                Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -c:a aac -movflags faststart");
        var bytes = Files.readAllBytes(clip);
        var half = Arrays.copyOf(bytes, bytes.length / 2);
        var matroska =
                Files.readAllBytes(Footages.clip(bench.file("clip.mkv"), "-c:v libx264 -an"));
        var playList = "ffconcat version 1.0\nfile " + clip + "\n";
        var hls = "#EXTM3U\n#EXTINF:1,\nfile://" + clip + "\n#EXT-X-ENDLIST\n";

        assertThat(faultOf(new byte[0])).isEqualTo(VideoFault.EMPTY);
        assertThat(faultOf("no video".getBytes(UTF_8))).isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(faultOf(playList.getBytes(UTF_8))).isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(faultOf(hls.getBytes(UTF_8))).isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(faultOf(half)).isEqualTo(VideoFault.TRUNCATED);
        assertThat(faultOf(Arrays.copyOf(matroska, matroska.length / 2)))
                .isEqualTo(VideoFault.TRUNCATED);
        assertThat(
                        faultOf(
                                Files.readAllBytes(
                                        Footages.make(
                                                bench.file("a.m4a"),
                                                "-f lavfi -i sine=440:duration=1 FILE"))))
                .isEqualTo(VideoFault.NO_VIDEO);
        assertThat(faultOf(Files.readAllBytes(Path.of("models/photos/astronaut.png"))))
                .isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(
                        faultOf(
                                Files.readAllBytes(
                                        Footages.clip(
                                                bench.file("none.avi"), "-an -t 0 -c:v libx264"))))
                .isEqualTo(VideoFault.NO_FRAMES);
    }

    private VideoFault faultOf(byte[] content) throws IOException {
        var file = Files.write(bench.file("input"), content);
        var outcome = bench.run(file, "out.mp4", VideoBench.lossless(), HandWork.nothing());
        assertThat(outcome).isInstanceOf(VideoOutcome.Refused.class);
        assertThat(bench.file("out.mp4")).doesNotExist();
        return ((VideoOutcome.Refused) outcome).fault();
    }

    @Test
    void refusesWhatIsMoreThanItMayTake() {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var limits = VideoLimits.defaults();

        for (var less :
                List.of(
                        new VideoLimits(
                                1000,
                                limits.maxDuration(),
                                limits.maxPixels(),
                                limits.maxElapsed()),
                        new VideoLimits(
                                limits.maxBytes(),
                                Duration.ofSeconds(1),
                                limits.maxPixels(),
                                limits.maxElapsed()),
                        new VideoLimits(
                                limits.maxBytes(),
                                limits.maxDuration(),
                                320 * 240 - 1,
                                limits.maxElapsed()))) {
            var outcome =
                    new VideoEngine(bench.ffmpeg(), less)
                            .run(
                                    new VideoRequest(
                                            new VideoSource.File(clip),
                                            bench.file("out.mp4"),
                                            VideoBench.lossless()),
                                    HandWork.nothing(),
                                    _ -> {},
                                    new Cancellation());

            assertThat(outcome).isInstanceOf(VideoOutcome.Refused.class);
            assertThat(((VideoOutcome.Refused) outcome).fault()).isEqualTo(VideoFault.TOO_LARGE);
        }
    }
}
