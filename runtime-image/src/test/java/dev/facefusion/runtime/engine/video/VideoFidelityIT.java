package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes in comes out: frames, their times, their colours and which way up they are.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoFidelityIT {

    @RegisterExtension private final VideoBench bench;

    VideoFidelityIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @ParameterizedTest
    @CsvSource({
        "clip.mp4, -c:v libx264 -c:a aac, yuv420p",
        "full.mp4, -vf format=yuvj420p -c:v libx264 -pix_fmt yuvj420p -c:a aac, yuvj420p",
        "clip.ts, -c:v libx264 -c:a aac, yuv420p",
        "clip.mkv, -c:v libx264 -c:a aac, yuv420p",
        "ntsc.mkv, -vf fps=30000/1001 -c:v libx264 -c:a aac, yuv420p",
        "uneven.mp4, '-vf select=not(between(mod(n\\,7)\\,1\\,2)) -fps_mode vfr -enc_time_base 1:90000 -c:v libx264 -c:a aac', yuv420p",
        "uneven.mkv, '-vf select=not(between(mod(n\\,5)\\,2\\,3)),setpts=PTS+0.1*random(1)/TB -fps_mode vfr -enc_time_base 1:1000 -c:v libx264 -c:a aac', yuv420p",
    })
    void keepsEveryFrameItsTimeAndItsSoundAsTheyWere(
            String name, String options, String pixelFormat) {
        var source = Footages.clip(bench.file(name), options);

        var outcome =
                VideoBench.finished(
                        bench.run(source, "out.mp4", VideoBench.lossless(), HandWork.nothing()));

        var result = outcome.output();
        assertThat(Footages.digests(result, pixelFormat))
                .isEqualTo(Footages.digests(source, pixelFormat))
                .hasSize((int) outcome.frames());
        var expected = Footages.times(source);
        var times = Footages.times(result);
        for (int i = 0; i < expected.size(); i++) {
            // Matroska rounds to milliseconds; the result of a constant rate is exact again.
            assertThat(times.get(i)).isCloseTo(expected.get(i), within(0.0011));
        }
        assertThat(outcome.changedFrames()).isZero();
        if (!name.endsWith(".ts")) { // its AAC has headers that MP4 stores elsewhere
            assertThat(Footages.soundDigest(result)).isEqualTo(Footages.soundDigest(source));
        }
    }

    @Test
    void countsAConstantRateInFramesAndAnUnevenOneInItsOwnTime() {
        var even = Footages.clip(bench.file("even.mkv"), "-vf fps=30000/1001 -c:v libx264 -an");

        bench.run(even, "out.mp4", VideoBench.lossless(), HandWork.nothing());

        assertThat(Footages.told(bench.file("out.mp4"), "v", "r_frame_rate,avg_frame_rate"))
                .isEqualTo("30000/1001,30000/1001");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void changesWhatTheWorkersChangedAndNothingElse(int workers) {
        var source = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var expected =
                Footages.make(
                        bench.file("expected.mkv"),
                        "-i "
                                + source
                                + " -vf drawbox=0:0:40:40:white:fill -c:v ffv1 -pix_fmt yuv420p FILE");

        var outcome =
                VideoBench.finished(
                        bench.run(
                                source,
                                "out.mp4",
                                VideoBench.lossless(),
                                HandWork.square(workers)));

        assertThat(outcome.changedFrames()).isEqualTo(50);
        assertThat(Footages.digests(outcome.output(), "yuv420p"))
                .isEqualTo(Footages.digests(expected, "yuv420p"));
    }

    @ParameterizedTest
    @CsvSource({
        "bt709, bt709, bt709, tv",
        "smpte170m, smpte170m, smpte170m, tv",
        "bt2020nc, bt2020-10, bt2020, tv",
        "bt470bg, bt709, bt709, pc",
    })
    void tellsTheColoursOn(String matrix, String transfer, String primaries, String range) {
        var source =
                Footages.clip(
                        bench.file("clip.mkv"),
                        "-an -vf setparams=range=%s:colorspace=%s:color_trc=%s:color_primaries=%s -c:v ffv1"
                                .formatted(range, matrix, transfer, primaries));

        bench.run(source, "out.mp4", VideoBench.lossless(), HandWork.nothing());

        assertThat(
                        Footages.told(
                                bench.file("out.mp4"),
                                "v",
                                "color_range,color_space,color_transfer,color_primaries"))
                .isEqualTo(String.join(",", range, matrix, transfer, primaries));
    }

    @ParameterizedTest
    @CsvSource({
        "-pix_fmt yuv420p10le -c:v ffv1, 320, 240, REDUCED_DEPTH",
        "-pix_fmt yuv422p -c:v ffv1, 320, 240, REDUCED_CHROMA",
        "-pix_fmt yuva420p -c:v ffv1, 320, 240, TRANSPARENCY_DROPPED",
        "-vf scale=321:241 -pix_fmt yuv444p -c:v ffv1, 320, 240, CROPPED",
        "-pix_fmt yuv420p10le -vf setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc -c:v ffv1, 320, 240, TONE_MAPPED",
        "-pix_fmt yuv420p10le -vf setparams=color_trc=arib-std-b67 -c:v ffv1, 320, 240, TONE_MAPPED",
    })
    void saysWhatItCouldNotKeep(String options, int width, int height, Alteration alteration) {
        var source = Footages.clip(bench.file("clip.mkv"), "-an " + options);

        var outcome =
                VideoBench.finished(
                        bench.run(source, "out.mp4", VideoBench.lossless(), HandWork.square(1)));

        assertThat(outcome.alterations()).contains(alteration);
        assertThat(outcome.size()).isEqualTo(new PictureSize(width, height));
        assertThat(Footages.told(outcome.output(), "v", "width,height,pix_fmt,nb_read_frames"))
                .isEqualTo("320,240,yuv420p,50");
    }

    @Test
    void turnsAPhonesVideoUpright() {
        var lying = Footages.clip(bench.file("lying.mp4"), "-c:v libx264 -an");
        var source =
                Footages.make(
                        bench.file("phone.mp4"),
                        "-i " + lying + " -c copy -metadata:s:v rotate=90 FILE");
        var upright =
                Footages.make(
                        bench.file("upright.mkv"),
                        "-i " + lying + " -vf transpose=cclock -c:v ffv1 FILE");

        var outcome =
                VideoBench.finished(
                        bench.run(source, "out.mp4", VideoBench.lossless(), HandWork.nothing()));

        assertThat(outcome.size()).isEqualTo(new PictureSize(240, 320));
        assertThat(outcome.alterations()).contains(Alteration.TURNED);
        assertThat(Footages.digests(outcome.output(), "yuv420p"))
                .isEqualTo(Footages.digests(upright, "yuv420p"));
    }
}
