package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.FrameWork;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.analyse.Faces;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.Rational;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes in comes out: frames, times, colours and sound; and what is no video is said to be
/// none.
@NeedsFfmpeg
@Timeout(120)
class VideoEngineIT {

    @TempDir private Path folder;

    private final Ffmpeg ffmpeg = ffmpeg();
    private final VideoEngine engine = new VideoEngine(ffmpeg, VideoLimits.defaults());

    /// The one that is worked with.
    Ffmpeg ffmpeg() {
        return Ffmpeg.find(Footages.SEARCH_PATH);
    }

    /// Quality 100 is lossless in x264: what comes out can be compared to the bit.
    private static VideoOptions lossless() {
        return new VideoOptions(
                new Trim.Whole(),
                Optional.of(VideoEncoder.LIBX264),
                VideoPreset.ULTRAFAST,
                100,
                1,
                OptionalDouble.empty(),
                AudioOptions.keep());
    }

    private VideoOutcome run(Path source, String output, VideoOptions options, FrameWorks works) {
        return run(
                new VideoRequest(new VideoSource.File(source), folder.resolve(output), options),
                works);
    }

    private VideoOutcome run(VideoRequest request, FrameWorks works) {
        return engine.run(request, works, _ -> {}, new Cancellation());
    }

    private static VideoOutcome.Finished finished(VideoOutcome outcome) {
        assertThat(outcome).isInstanceOf(VideoOutcome.Finished.class);
        return (VideoOutcome.Finished) outcome;
    }

    @AfterEach
    void nothingIsLeftBehind() throws IOException {
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
        try (var files = Files.list(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
        }
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
        var source = Footages.clip(folder.resolve(name), options);

        var outcome = finished(run(source, "out.mp4", lossless(), HandWork.nothing()));

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
        var even = Footages.clip(folder.resolve("even.mkv"), "-vf fps=30000/1001 -c:v libx264 -an");

        run(even, "out.mp4", lossless(), HandWork.nothing());

        assertThat(Footages.told(folder.resolve("out.mp4"), "v", "r_frame_rate,avg_frame_rate"))
                .isEqualTo("30000/1001,30000/1001");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void changesWhatTheWorkersChangedAndNothingElse(int workers) {
        var source = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var expected =
                Footages.make(
                        folder.resolve("expected.mkv"),
                        "-i "
                                + source
                                + " -vf drawbox=0:0:40:40:white:fill -c:v ffv1 -pix_fmt yuv420p FILE");

        var outcome = finished(run(source, "out.mp4", lossless(), HandWork.square(workers)));

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
                        folder.resolve("clip.mkv"),
                        "-an -vf setparams=range=%s:colorspace=%s:color_trc=%s:color_primaries=%s -c:v ffv1"
                                .formatted(range, matrix, transfer, primaries));

        run(source, "out.mp4", lossless(), HandWork.nothing());

        assertThat(
                        Footages.told(
                                folder.resolve("out.mp4"),
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
        var source = Footages.clip(folder.resolve("clip.mkv"), "-an " + options);

        var outcome = finished(run(source, "out.mp4", lossless(), HandWork.square(1)));

        assertThat(outcome.alterations()).contains(alteration);
        assertThat(outcome.size()).isEqualTo(new PictureSize(width, height));
        assertThat(Footages.told(outcome.output(), "v", "width,height,pix_fmt,nb_read_frames"))
                .isEqualTo("320,240,yuv420p,50");
    }

    @Test
    void turnsAPhonesVideoUpright() {
        var lying = Footages.clip(folder.resolve("lying.mp4"), "-c:v libx264 -an");
        var source =
                Footages.make(
                        folder.resolve("phone.mp4"),
                        "-i " + lying + " -c copy -metadata:s:v rotate=90 FILE");
        var upright =
                Footages.make(
                        folder.resolve("upright.mkv"),
                        "-i " + lying + " -vf transpose=cclock -c:v ffv1 FILE");

        var outcome = finished(run(source, "out.mp4", lossless(), HandWork.nothing()));

        assertThat(outcome.size()).isEqualTo(new PictureSize(240, 320));
        assertThat(outcome.alterations()).contains(Alteration.TURNED);
        assertThat(Footages.digests(outcome.output(), "yuv420p"))
                .isEqualTo(Footages.digests(upright, "yuv420p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clip.gif", "clip.apng"})
    void takesAnimatedPictures(String name) {
        var source =
                Footages.make(
                        folder.resolve(name),
                        "-f lavfi -i testsrc2=size=320x240:rate=10:duration=2 "
                                + (name.endsWith("apng") ? "-f apng FILE" : "FILE"));

        var outcome = finished(run(source, "out.mp4", lossless(), HandWork.nothing()));

        assertThat(outcome.frames()).isEqualTo(20);
        assertThat(Footages.told(outcome.output(), "v", "avg_frame_rate,nb_read_frames"))
                .isEqualTo("10/1,20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "webp", "bmp"})
    void makesAVideoOfPictures(String ending) throws IOException {
        var pictures = Files.createDirectory(folder.resolve("pictures"));
        Footages.make(
                pictures.resolve("%03d." + ending),
                "-f lavfi -i testsrc2=size=320x240:rate=10:duration=2 "
                        + (ending.equals("webp") ? "-c:v libwebp FILE" : "FILE"));
        List<Path> files;
        try (var listed = Files.list(pictures)) {
            files = listed.sorted().toList();
        }
        var options = lossless().with(new Trim.Frames(5, OptionalLong.of(15)));

        var outcome =
                finished(
                        run(
                                new VideoRequest(
                                        new VideoSource.Pictures(files, new Rational(12, 1)),
                                        folder.resolve("out.mp4"),
                                        options),
                                HandWork.nothing()));

        assertThat(outcome.frames()).isEqualTo(10);
        assertThat(Footages.told(outcome.output(), "v", "avg_frame_rate,nb_read_frames"))
                .isEqualTo("12/1,10");
    }

    @ParameterizedTest
    @CsvSource({"clip.mp4, 10, 30", "clip.mkv, 0, 5", "clip.mp4, 45, 60", "uneven.mp4, 10, 30"})
    void cutsToTheFrame(String name, int start, int end) {
        var source =
                Footages.clip(
                        folder.resolve(name),
                        name.startsWith("uneven")
                                ? "-vf select=not(between(mod(n\\,7)\\,1\\,2)) -fps_mode vfr -enc_time_base 1:90000 -g 12 -c:v libx264 -c:a aac"
                                : "-g 12 -c:v libx264 -c:a aac");
        var all = Footages.digests(source, "yuv420p");
        var options = lossless().with(new Trim.Frames(start, OptionalLong.of(end)));

        var outcome = finished(run(source, "out.mp4", options, HandWork.nothing()));

        assertThat(Footages.digests(outcome.output(), "yuv420p"))
                .isEqualTo(all.subList(start, Math.min(end, all.size())));
        var times = Footages.times(source);
        double seconds = (end < times.size() ? times.get(end) : 2.0) - times.get(start);
        assertThat(Double.parseDouble(Footages.told(outcome.output(), "a", "duration")))
                .isCloseTo(seconds, within(0.04));
    }

    @Test
    void cutsByTime() {
        var source = Footages.clip(folder.resolve("clip.mp4"), "-g 12 -c:v libx264 -c:a aac");
        var all = Footages.digests(source, "yuv420p");
        var options =
                lossless()
                        .with(
                                new Trim.Times(
                                        Duration.ofMillis(410),
                                        Optional.of(Duration.ofMillis(1000))));

        var outcome = finished(run(source, "out.mp4", options, HandWork.nothing()));

        assertThat(Footages.digests(outcome.output(), "yuv420p")).isEqualTo(all.subList(11, 25));
    }

    @ParameterizedTest
    @CsvSource({"10, 20, 10/1", "50, 100, 50/1"})
    void changesTheRateAndKeepsTheTime(double rate, int frames, String told) {
        var source = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac");
        var options =
                new VideoOptions(
                        new Trim.Whole(),
                        Optional.empty(),
                        VideoPreset.ULTRAFAST,
                        80,
                        1,
                        OptionalDouble.of(rate),
                        AudioOptions.keep());

        var outcome = finished(run(source, "out.mp4", options, HandWork.nothing()));

        assertThat(Footages.told(outcome.output(), "v", "avg_frame_rate,nb_read_frames"))
                .isEqualTo(told + "," + frames);
        assertThat(Double.parseDouble(Footages.told(outcome.output(), "v", "duration")))
                .isCloseTo(2, within(0.021));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 160, 120", "1.5, 480, 360"})
    void scales(double scale, int width, int height) {
        var source = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var options =
                new VideoOptions(
                        new Trim.Whole(),
                        Optional.empty(),
                        VideoPreset.ULTRAFAST,
                        80,
                        scale,
                        OptionalDouble.empty(),
                        AudioOptions.keep());

        var outcome = finished(run(source, "out.mp4", options, HandWork.square(1)));

        assertThat(outcome.size()).isEqualTo(new PictureSize(width, height));
        assertThat(Footages.told(outcome.output(), "v", "width,height,nb_read_frames"))
                .isEqualTo("%d,%d,50".formatted(width, height));
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
        var source = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac -ar 48000");

        var outcome = finished(run(source, output, VideoOptions.defaults(), HandWork.square(1)));

        assertThat(Footages.told(outcome.output(), "v", "codec_name,nb_read_frames"))
                .isEqualTo(video + ",50");
        assertThat(Footages.told(outcome.output(), "a", "codec_name")).isEqualTo(audio);
    }

    @Test
    void saysOfAPictureThatItIsNoVideo() {
        var picture = Path.of("models/photos/grace_hopper.jpg");

        var outcome = run(picture, "out.mp4", lossless(), HandWork.nothing());

        assertThat(outcome)
                .isEqualTo(
                        new VideoOutcome.Refused(
                                VideoFault.NOT_A_VIDEO,
                                "The file is no video, or of a format that is not read."));
    }

    @Test
    void goesOnWithoutASoundThatIsAnnouncedAndDoesNotCome() throws IOException {
        // given: a transport stream without the packets of its second stream (PID 0x101)
        var clip = Footages.clip(folder.resolve("clip.ts"), "-c:v libx264 -c:a aac");
        var packets = Files.readAllBytes(clip);
        var left = new ByteArrayOutputStream();
        for (int at = 0; at < packets.length; at += 188) {
            if ((packets[at + 1] & 0x1F) != 1 || packets[at + 2] != 1) {
                left.write(packets, at, 188);
            }
        }
        Files.write(clip, left.toByteArray());

        // when
        var outcome = finished(run(clip, "out.mp4", lossless(), HandWork.nothing()));

        // then
        assertThat(outcome.frames()).isEqualTo(50);
        assertThat(outcome.alterations()).contains(Alteration.SOUND_DROPPED);
        assertThat(Footages.told(outcome.output(), "a", "codec_name")).isEmpty();
    }

    @Test
    void encodesTheSoundWhereTheContainerCannotHoldIt() {
        var source = Footages.clip(folder.resolve("clip.avi"), "-c:v libx264 -c:a pcm_s16le");

        var outcome = finished(run(source, "out.mp4", lossless(), HandWork.nothing()));

        assertThat(outcome.alterations()).contains(Alteration.AUDIO_ENCODED);
        assertThat(Footages.told(outcome.output(), "a", "codec_name")).isEqualTo("aac");
    }

    @Test
    void makesTheSoundQuieterOrLeavesItOut() {
        var source = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac");
        var silent = lossless().with(new AudioOptions(Optional.empty(), 80, 0));
        var mp3 = lossless().with(new AudioOptions(Optional.of(AudioEncoder.LIBMP3LAME), 80, 50));

        run(source, "silent.mp4", silent, HandWork.nothing());
        run(source, "quiet.mp4", mp3, HandWork.nothing());

        assertThat(Footages.told(folder.resolve("silent.mp4"), "a", "codec_name")).isEmpty();
        assertThat(Footages.told(folder.resolve("quiet.mp4"), "a", "codec_name")).isEqualTo("mp3");
    }

    @Test
    void refusesWhatIsNoUsableVideo() throws IOException {
        var clip =
                Footages.clip(
                        folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac -movflags faststart");
        var bytes = Files.readAllBytes(clip);
        var half = Arrays.copyOf(bytes, bytes.length / 2);
        var matroska =
                Files.readAllBytes(Footages.clip(folder.resolve("clip.mkv"), "-c:v libx264 -an"));
        var playList = "ffconcat version 1.0\nfile " + clip + "\n";
        var hls = "#EXTM3U\n#EXTINF:1,\nfile://" + clip + "\n#EXT-X-ENDLIST\n";

        assertThat(faultOf(new byte[0])).isEqualTo(VideoFault.EMPTY);
        assertThat(faultOf("no video".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(faultOf(playList.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(faultOf(hls.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(faultOf(half)).isEqualTo(VideoFault.TRUNCATED);
        assertThat(faultOf(Arrays.copyOf(matroska, matroska.length / 2)))
                .isEqualTo(VideoFault.TRUNCATED);
        assertThat(
                        faultOf(
                                Files.readAllBytes(
                                        Footages.make(
                                                folder.resolve("a.m4a"),
                                                "-f lavfi -i sine=440:duration=1 FILE"))))
                .isEqualTo(VideoFault.NO_VIDEO);
        assertThat(faultOf(Files.readAllBytes(Path.of("models/photos/astronaut.png"))))
                .isEqualTo(VideoFault.NOT_A_VIDEO);
        assertThat(
                        faultOf(
                                Files.readAllBytes(
                                        Footages.clip(
                                                folder.resolve("none.avi"),
                                                "-an -t 0 -c:v libx264"))))
                .isEqualTo(VideoFault.NO_FRAMES);
    }

    private VideoFault faultOf(byte[] content) throws IOException {
        var file = Files.write(folder.resolve("input"), content);
        var outcome = run(file, "out.mp4", lossless(), HandWork.nothing());
        assertThat(outcome).isInstanceOf(VideoOutcome.Refused.class);
        assertThat(folder.resolve("out.mp4")).doesNotExist();
        return ((VideoOutcome.Refused) outcome).fault();
    }

    @Test
    void refusesWhatIsMoreThanItMayTake() {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
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
                    new VideoEngine(ffmpeg, less)
                            .run(
                                    new VideoRequest(
                                            new VideoSource.File(clip),
                                            folder.resolve("out.mp4"),
                                            lossless()),
                                    HandWork.nothing(),
                                    _ -> {},
                                    new Cancellation());

            assertThat(outcome).isInstanceOf(VideoOutcome.Refused.class);
            assertThat(((VideoOutcome.Refused) outcome).fault()).isEqualTo(VideoFault.TOO_LARGE);
        }
    }

    @Test
    void endsWhenTheTimeIsUp() {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var limits = VideoLimits.defaults();
        var hasty =
                new VideoEngine(
                        ffmpeg,
                        new VideoLimits(
                                limits.maxBytes(),
                                limits.maxDuration(),
                                limits.maxPixels(),
                                Duration.ofSeconds(3)));
        var slow = new HandWork(1, (_, _, _) -> pause());

        var outcome =
                hasty.run(
                        new VideoRequest(
                                new VideoSource.File(clip), folder.resolve("out.mp4"), lossless()),
                        slow,
                        _ -> {},
                        new Cancellation());

        assertThat(outcome)
                .isEqualTo(
                        new VideoOutcome.Failed(
                                "The video took more than 3 s, the most that it may."));
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    private static List<PixelBox> pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void endsWithinHalfASecondWhenCancelled(int reach) throws Exception {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac");
        Files.writeString(folder.resolve("out.mp4"), "what was there before");
        var cancellation = new Cancellation();
        var running = new CountDownLatch(10);
        var thrown = new AtomicReference<Throwable>();
        var slow =
                new HandWork(
                        2,
                        reach,
                        (_, _, _) -> {
                            running.countDown();
                            return pause();
                        });
        var task =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                engine.run(
                                        new VideoRequest(
                                                new VideoSource.File(clip),
                                                folder.resolve("out.mp4"),
                                                lossless()),
                                        slow,
                                        _ -> {},
                                        cancellation);
                            } catch (Throwable e) {
                                thrown.set(e);
                            }
                        });
        running.await();
        assertThat(ProcessHandle.current().children()).isNotEmpty();

        long start = System.nanoTime();
        cancellation.cancel();
        task.join();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(folder.resolve("out.mp4")).hasContent("what was there before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rawvideo", "libx264"})
    void aKilledFfmpegFailsItsTaskOnly(String codec) {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac");
        var frames = new AtomicInteger();
        var murder =
                new HandWork(
                        1,
                        (_, _, _) -> {
                            if (frames.getAndIncrement() == 20) {
                                kill(codec);
                            }
                            return List.of();
                        });

        var outcome = run(clip, "out.mp4", lossless(), murder);

        assertThat(outcome).isInstanceOf(VideoOutcome.Failed.class);
        assertThat(((VideoOutcome.Failed) outcome).detail()).contains("ffmpeg ended with 137");
        assertThat(folder.resolve("out.mp4")).doesNotExist();
        finished(run(clip, "out.mp4", lossless(), HandWork.nothing()));
    }

    // The decoder makes raw video; only the encoder knows of x264. Both read before frame 20 is
    // there.
    private static void kill(String codec) {
        while (true) {
            var child =
                    ProcessHandle.current()
                            .children()
                            .filter(one ->
                                    one.info().arguments().stream()
                                            .flatMap(Arrays::stream)
                                            .anyMatch(codec::equals))
                            .findFirst();
            if (child.isPresent()) {
                child.get().destroyForcibly();
                return;
            }
        }
    }

    @Test
    void saysWhatFfmpegComplainedOf() {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac");
        var nowhere =
                new VideoRequest(
                        new VideoSource.File(clip), folder.resolve("missing/out.mp4"), lossless());

        var outcome = run(nowhere, HandWork.nothing());

        assertThat(outcome).isInstanceOf(VideoOutcome.Failed.class);
        assertThat(((VideoOutcome.Failed) outcome).detail())
                .contains("Encoding failed", "No such file or directory");
    }

    @Test
    void endsWithTheReasonWhyAnEngineCannotBegin() {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var reason = new SwapOutcome.NoFace(Input.SOURCE);
        var works = new OneWorker(new Preparation.Refused(reason), OptionalLong.empty());

        assertThat(run(clip, "out.mp4", lossless(), works))
                .isEqualTo(new VideoOutcome.NotReady(reason));
    }

    @Test
    void passesOnWhatAWorkerThrows() {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var frames = new AtomicInteger();
        var broken =
                new HandWork(
                        2,
                        (_, _, _) -> {
                            if (frames.getAndIncrement() == 7) {
                                throw new IllegalStateException("broken");
                            }
                            return List.of();
                        });

        assertThatThrownBy(() -> run(clip, "out.mp4", lossless(), broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 10"})
    void tellsWhatWasFoundAroundEachFrame(int workers, int reach) {
        // given: frames that grow brighter, and as the score of their only face, how bright they
        // are
        var clip =
                Footages.make(
                        folder.resolve("clip.mp4"),
                        "-f lavfi -i color=black:size=64x48:rate=25:duration=2,geq=lum=20+4*N:cb=128:cr=128"
                                + " -c:v libx264 -qp 0 FILE");
        var looks = new AtomicInteger();
        var around = new ConcurrentHashMap<Integer, List<Integer>>();
        var work =
                new FrameWork() {
                    @Override
                    public List<Face> find(Canvas frame, StageClock clock) {
                        looks.incrementAndGet();
                        return List.of(Faces.at(new Box(0, 0, 1, 1), brightness(frame)));
                    }

                    @Override
                    public List<PixelBox> apply(Canvas frame, FaceWindow faces, StageClock clock) {
                        around.put(
                                brightness(frame),
                                faces.frames().stream()
                                        .map(found ->
                                                found.isEmpty()
                                                        ? 0
                                                        : (int) found.getFirst().detectorScore())
                                        .toList());
                        return List.of();
                    }
                };

        // when
        var outcome =
                finished(run(clip, "out.mp4", lossless(), new HandWork(workers, reach, work)));

        // then
        assertThat(outcome.frames()).isEqualTo(50);
        assertThat(looks).hasValue(50);
        var bright = around.keySet().stream().sorted().toList();
        assertThat(bright).hasSize(50);
        for (int i = 0; i < 50; i++) {
            var expected =
                    IntStream.rangeClosed(i - reach, i + reach)
                            .mapToObj(near -> near < 0 || near >= 50 ? 0 : bright.get(near))
                            .toList();
            assertThat(around).containsEntry(bright.get(i), expected);
        }
    }

    private static int brightness(Canvas frame) {
        return frame.picture().rgb()[0] & 0xFF;
    }

    @Test
    void countsFramesThatAreLookedAtAheadAsMemory() {
        var limits = new VideoLimits(1, Duration.ZERO, 8000, Duration.ZERO);

        assertThat(limits.reaching(0)).isEqualTo(limits);
        assertThat(limits.reaching(2)).isEqualTo(limits);
        assertThat(limits.reaching(10).maxPixels()).isEqualTo(4000);
    }

    @Test
    void touchesTheFileBeforeItHasItsName() throws IOException {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var output = folder.resolve("out.mkv");
        var seen = new ArrayList<Boolean>();
        var request =
                new VideoRequest(
                        new VideoSource.File(clip),
                        output,
                        lossless(),
                        Map.of("comment", "synthetic; x=y"),
                        (unfinished, container) -> {
                            seen.add(Files.exists(output));
                            assertThat(container).isEqualTo(Container.MKV);
                            assertThat(unfinished).exists();
                        });

        run(request, HandWork.nothing());

        assertThat(seen).containsExactly(false);
        assertThat(output).exists();
        assertThat(Files.readString(output, StandardCharsets.ISO_8859_1))
                .contains("synthetic; x=y");
    }

    @Test
    void tellsHowFarItIs() {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var told = new CopyOnWriteArrayList<VideoProgress>();
        var frames = new AtomicInteger();

        engine.run(
                new VideoRequest(new VideoSource.File(clip), folder.resolve("out.mp4"), lossless()),
                new HandWork(
                        1, (_, _, _) -> frames.getAndIncrement() % 20 == 0 ? pause() : List.of()),
                told::add,
                new Cancellation());

        assertThat(told).extracting(VideoProgress::frames).isSorted();
        assertThat(told.getFirst().total()).isEqualTo(50);
        assertThat(told.getLast().fraction()).isEqualTo(1);
        assertThat(told.getLast().remaining()).contains(Duration.ZERO);
        assertThat(told.getLast().framesPerSecond()).isPositive();
    }

    @Test
    void showsTheReferenceFrameFirst() {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var shown = new CopyOnWriteArrayList<byte[]>();
        var frames = new CopyOnWriteArrayList<byte[]>();
        var work =
                new FrameWork() {
                    @Override
                    public List<PixelBox> apply(Canvas frame, FaceWindow faces, StageClock clock) {
                        frames.add(frame.picture().rgb().clone());
                        return List.of();
                    }

                    @Override
                    public void refer(Canvas frame, StageClock clock) {
                        assertThat(frames).isEmpty();
                        shown.add(frame.picture().rgb().clone());
                    }
                };
        var works = new OneWorker(new Preparation.Ready(work), OptionalLong.of(33));

        run(clip, "out.mp4", lossless(), works);

        assertThat(shown).hasSize(1);
        int same =
                IntStream.range(0, frames.size())
                        .filter(i -> Arrays.equals(frames.get(i), shown.getFirst()))
                        .findFirst()
                        .orElse(-1);
        assertThat(same).isEqualTo(33);
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        var clip = Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -an");
        var running = new CountDownLatch(1);
        var slow =
                new HandWork(
                        1,
                        (_, _, _) -> {
                            running.countDown();
                            return pause();
                        });
        var task =
                Thread.ofPlatform()
                        .start(() ->
                                assertThatThrownBy(() -> run(clip, "out.mp4", lossless(), slow))
                                        .isInstanceOf(CancellationException.class));
        running.await();

        engine.close();

        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
        task.join();
        assertThatThrownBy(() -> run(clip, "out.mp4", lossless(), HandWork.nothing()))
                .isInstanceOf(CancellationException.class);
    }
}
