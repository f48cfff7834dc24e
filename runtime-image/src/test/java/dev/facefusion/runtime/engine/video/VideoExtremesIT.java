package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Videos at the edge of what is made of them.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoExtremesIT {

    private final Ffmpeg ffmpeg;

    @TempDir private Path folder = Path.of("");

    VideoExtremesIT(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    @ParameterizedTest
    @ValueSource(ints = {999, 1000, 2000})
    void keepsEveryFrameOfAHighSpeedCamera(int rate) {
        // given
        var source =
                Footages.make(
                        folder.resolve("fast.mp4"),
                        "-f lavfi -i testsrc2=size=64x48:rate=%d -frames:v 100 -pix_fmt yuv420p -c:v libx264 FILE"
                                .formatted(rate));

        // when
        run(source, VideoLimits.defaults(), HandWork.nothing());

        // then
        var told = "nb_read_frames,r_frame_rate";
        assertThat(Footages.told(folder.resolve("out.mp4"), "v", told))
                .isEqualTo(Footages.told(source, "v", told));
        assertThat(Footages.times(folder.resolve("out.mp4"))).isEqualTo(Footages.times(source));
    }

    // As ffmpeg's encoder of Theora writes them: a frame like the one before is left out.
    @Test
    void keepsTheTimesOfAStandingPicture() {
        // given
        var source =
                Footages.make(
                        folder.resolve("still.mkv"),
                        "-f lavfi -i color=red:size=64x48:rate=25:duration=3 -vf fps=25,mpdecimate=max=12 -fps_mode vfr -pix_fmt yuv420p -c:v libx264 FILE");

        // when
        run(source, VideoLimits.defaults(), HandWork.nothing());

        // then
        assertThat(Footages.times(folder.resolve("out.mp4"))).isEqualTo(Footages.times(source));
    }

    @Test
    void namesTheOptionBecauseOfWhichFramesAreTooLarge() {
        // given: 3072 pixels, of which half as many may be with ten frames on each side
        var source =
                Footages.make(
                        folder.resolve("clip.mp4"),
                        "-f lavfi -i testsrc2=size=64x48 -frames:v 3 -pix_fmt yuv420p -c:v libx264 FILE");
        var limits = new VideoLimits(1 << 30, Duration.ofMinutes(1), 4000, Duration.ofMinutes(1));
        var tracking = new HandWork(1, 10, (_, _, _) -> false);

        // when
        var outcome = run(source, limits, tracking);

        // then
        assertThat(outcome)
                .isEqualTo(
                        new VideoOutcome.Refused(
                                VideoFault.TOO_LARGE,
                                "Frames of 64 x 48 are more than 2000 pixels, the most with a target_frame_amount of 10; with up to 2 there may be 4000."));
    }

    private VideoOutcome run(Path source, VideoLimits limits, FrameWorks works) {
        var request =
                new VideoRequest(
                        new VideoSource.File(source),
                        folder.resolve("out.mp4"),
                        VideoOptions.defaults());
        try (var engine = new VideoEngine(ffmpeg, limits)) {
            return engine.run(request, works, _ -> {}, new Cancellation());
        }
    }
}
