package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a task asks for of a video's length, rate and size.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoOptionsIT {

    @RegisterExtension private final VideoBench bench;

    VideoOptionsIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @ParameterizedTest
    @CsvSource({"clip.mp4, 10, 30", "clip.mkv, 0, 5", "clip.mp4, 45, 60", "uneven.mp4, 10, 30"})
    void cutsToTheFrame(String name, int start, int end) {
        var source =
                Footages.clip(
                        bench.file(name),
                        name.startsWith("uneven")
                                ? "-vf select=not(between(mod(n\\,7)\\,1\\,2)) -fps_mode vfr -enc_time_base 1:90000 -g 12 -c:v libx264 -c:a aac"
                                : "-g 12 -c:v libx264 -c:a aac");
        var all = Footages.digests(source, "yuv420p");
        var options = VideoBench.lossless().with(new Trim.Frames(start, OptionalLong.of(end)));

        var outcome =
                VideoBench.finished(bench.run(source, "out.mp4", options, HandWork.nothing()));

        assertThat(Footages.digests(outcome.output(), "yuv420p"))
                .isEqualTo(all.subList(start, Math.min(end, all.size())));
        var times = Footages.times(source);
        double seconds = (end < times.size() ? times.get(end) : 2.0) - times.get(start);
        assertThat(Double.parseDouble(Footages.told(outcome.output(), "a", "duration")))
                .isCloseTo(seconds, within(0.04));
    }

    @Test
    void cutsByTime() {
        var source = Footages.clip(bench.file("clip.mp4"), "-g 12 -c:v libx264 -c:a aac");
        var all = Footages.digests(source, "yuv420p");
        var options =
                VideoBench.lossless()
                        .with(
                                new Trim.Times(
                                        Duration.ofMillis(410),
                                        Optional.of(Duration.ofMillis(1000))));

        var outcome =
                VideoBench.finished(bench.run(source, "out.mp4", options, HandWork.nothing()));

        assertThat(Footages.digests(outcome.output(), "yuv420p")).isEqualTo(all.subList(11, 25));
    }

    @ParameterizedTest
    @CsvSource({"10, 20, 10/1", "50, 100, 50/1"})
    void changesTheRateAndKeepsTheTime(double rate, int frames, String told) {
        var source = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -c:a aac");
        var options =
                new VideoOptions(
                        new Trim.Whole(),
                        Optional.empty(),
                        VideoPreset.ULTRAFAST,
                        80,
                        1,
                        OptionalDouble.of(rate),
                        AudioOptions.keep());

        var outcome =
                VideoBench.finished(bench.run(source, "out.mp4", options, HandWork.nothing()));

        assertThat(Footages.told(outcome.output(), "v", "avg_frame_rate,nb_read_frames"))
                .isEqualTo(told + "," + frames);
        assertThat(Double.parseDouble(Footages.told(outcome.output(), "v", "duration")))
                .isCloseTo(2, within(0.021));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 160, 120", "1.5, 480, 360"})
    void scales(double scale, int width, int height) {
        var source = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var options =
                new VideoOptions(
                        new Trim.Whole(),
                        Optional.empty(),
                        VideoPreset.ULTRAFAST,
                        80,
                        scale,
                        OptionalDouble.empty(),
                        AudioOptions.keep());

        var outcome =
                VideoBench.finished(bench.run(source, "out.mp4", options, HandWork.square(1)));

        assertThat(outcome.size()).isEqualTo(new PictureSize(width, height));
        assertThat(Footages.told(outcome.output(), "v", "width,height,nb_read_frames"))
                .isEqualTo("%d,%d,50".formatted(width, height));
    }
}
