package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.InstalledFfmpeg;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.engine.video.AudioOptions;
import dev.facefusion.runtime.engine.video.EngineWorks;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import dev.facefusion.runtime.engine.video.Trim;
import dev.facefusion.runtime.engine.video.VideoEncoder;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.engine.video.VideoLimits;
import dev.facefusion.runtime.engine.video.VideoListener;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.engine.video.VideoPreset;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.engine.video.VideoRequest;
import dev.facefusion.runtime.engine.video.VideoSource;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A portrait that drifts to the right, 40 frames, of which some are hidden: two where the runs of
/// two workers meet, and the last one.
@NeedsFfmpeg
class FaceTrackingIT {

    private static final Path PHOTOS = Reference.MODELS.resolve("photos");
    private static final int FRAMES = 40;
    private static final List<Integer> HIDDEN = List.of(15, 16, 39);

    @TempDir private static Path folder;

    private static Path target;
    private static Pipeline engine;
    private static Pipeline another;
    private static VideoEngine videos;

    private final Map<Stage, Integer> stages = new ConcurrentHashMap<>();

    @BeforeAll
    static void open() throws IOException {
        target = footage("target.mkv", 3);
        // Every frame is looked at by the detector, so that it does not matter which worker does.
        var everyFrame =
                new Surroundings(
                        Surroundings.none().sources(),
                        0,
                        Optional.empty(),
                        1,
                        InstalledFfmpeg.none());
        engine =
                EnginePlan.of(ModelStore.open(Reference.MODELS), ExecutionSettings.cpu(1))
                        .in(everyFrame)
                        .open();
        another = engine.another();
        videos = new VideoEngine(Ffmpeg.find(Footages.SEARCH_PATH), VideoLimits.defaults());
    }

    /// @param drift pixels a frame
    private static Path footage(String name, int drift) {
        return Footages.make(
                folder.resolve(name),
                ("-loop 1 -framerate 25 -t 1.6 -i %s -f lavfi -i color=gray:size=640x360:rate=25:duration=1.6"
                                + " -filter_complex [1][0]overlay=x=40+%d*n:y=-20,"
                                + "drawbox=x=200:w=300:h=220:color=black:t=fill:enable='between(n\\,15\\,16)+eq(n\\,39)'"
                                + " -c:v libx264 -qp 0 -pix_fmt yuv420p FILE")
                        .formatted(PHOTOS.resolve("astronaut.png"), drift));
    }

    @AfterAll
    static void close() {
        videos.close();
        another.close();
        engine.close();
    }

    @Test
    void leavesHiddenFacesAloneWithoutTracking() {
        // when
        var result = run(List.of(engine, another), OptionValues.none(), new Trim.Whole());

        // then
        assertThat(untouched(result, 0)).isEqualTo(HIDDEN);
    }

    @Test
    void swapsHiddenFacesWhereTheyWouldBeAndLooksAtEachFrameOnce() throws IOException {
        // when
        var result = run(List.of(engine), tracking(), new Trim.Whole());

        // then: after the last frame nobody is seen again
        assertThat(untouched(result, 0)).containsExactly(39);
        assertThat(stages).containsEntry(Stage.DETECT, FRAMES + 1); // and the source
        var before = centreOfChange(result, 14);
        var after = centreOfChange(result, 17);
        for (int hidden : List.of(15, 16)) {
            var expected = before.towards(after, (hidden - 14) / 3.0);
            assertThat(centreOfChange(result, hidden).distanceTo(expected)).isLessThan(6);
        }
        assertThat(after.x() - before.x()).isCloseTo(9, within(3.0));
    }

    @Test
    void makesTheSameOfItWithTwoWorkers() {
        // given
        var one = run(List.of(engine), tracking(), new Trim.Whole());
        stages.clear();

        // when
        var two = run(List.of(engine, another), tracking(), new Trim.Whole());

        // then
        assertThat(Footages.digests(two, "yuv420p")).isEqualTo(Footages.digests(one, "yuv420p"));
        assertThat(stages).containsEntry(Stage.DETECT, FRAMES + 2); // each has seen the source
    }

    @Test
    void changesNothingWhereEveryFaceIsFound() {
        // given
        var visible = new Trim.Frames(17, OptionalLong.of(39));
        var untracked = run(List.of(engine), OptionValues.none(), visible);

        // when
        var tracked = run(List.of(engine), tracking(), visible);

        // then
        assertThat(Footages.digests(tracked, "yuv420p"))
                .hasSize(22)
                .isEqualTo(Footages.digests(untracked, "yuv420p"));
    }

    @Test
    void doesNotLookBeyondTheTrim() {
        // when
        var result = run(List.of(engine), tracking(), new Trim.Frames(16, OptionalLong.of(25)));

        // then: frame 14 would show the face
        assertThat(untouched(result, 16)).containsExactly(16);
    }

    @Test
    void looksNoFurtherThanItIsTold() {
        // when: two frames are hidden, and only one on each side is looked at
        var result =
                run(
                        List.of(engine, another),
                        tracking().with(TaskOptions.TARGET_FRAME_AMOUNT, 1),
                        new Trim.Whole());

        // then
        assertThat(untouched(result, 0)).isEqualTo(HIDDEN);
    }

    @Test
    void tracksTheFacesThatTheFollowerFinds() {
        // given
        var plan = EnginePlan.of(ModelStore.open(Reference.MODELS), ExecutionSettings.cpu(1));
        var still = footage("still.mkv", 0);

        // when
        Path result;
        try (var following = plan.open()) {
            result = run(still, List.of(following), tracking(), new Trim.Whole());
        }

        // then
        assertThat(untouched(still, result, 0)).containsExactly(39);
        assertThat(stages.get(Stage.DETECT)).isLessThan(FRAMES / 2);
    }

    private static OptionValues tracking() {
        return OptionValues.none().with(TaskOptions.TRACKER_SCORE, 0.3);
    }

    private Path run(List<Pipeline> engines, OptionValues options, Trim trim) {
        return run(target, engines, options, trim);
    }

    private Path run(Path video, List<Pipeline> engines, OptionValues options, Trim trim) {
        var output = folder.resolve("out-%d.mkv".formatted(folder.toFile().list().length));
        var lossless =
                new VideoOptions(
                        trim,
                        Optional.of(VideoEncoder.LIBX264),
                        VideoPreset.ULTRAFAST,
                        100,
                        1,
                        OptionalDouble.empty(),
                        AudioOptions.keep());
        var outcome =
                videos.run(
                        new VideoRequest(new VideoSource.File(video), output, lossless),
                        new EngineWorks(
                                engines,
                                List.of(PHOTOS.resolve("grace_hopper.jpg")),
                                options.toSwapOptions()),
                        new Counting(),
                        new Cancellation());
        assertThat(outcome).isInstanceOf(VideoOutcome.Finished.class);
        return output;
    }

    private final class Counting implements VideoListener {

        @Override
        public void progressed(VideoProgress progress) {}

        @Override
        public StageListener stages() {
            return (stage, _) -> stages.merge(stage, 1, Integer::sum);
        }
    }

    /// Numbers of the frames that are as they were.
    private static List<Integer> untouched(Path result, int first) {
        return untouched(target, result, first);
    }

    private static List<Integer> untouched(Path video, Path result, int first) {
        var before = Footages.digests(video, "yuv420p");
        var after = Footages.digests(result, "yuv420p");
        return IntStream.range(0, after.size())
                .filter(i -> after.get(i).equals(before.get(first + i)))
                .mapToObj(i -> first + i)
                .toList();
    }

    private static Point centreOfChange(Path result, int number) throws IOException {
        var before = frame(target, number);
        var after = frame(result, number);
        var changed = new ArrayList<Point>();
        for (int i = 0; i < before.rgb().length; i++) {
            if (before.rgb()[i] != after.rgb()[i]) {
                int row = i / (3 * before.width());
                changed.add(new Point(i / 3 - row * before.width(), row));
            }
        }
        return Box.around(changed).centre();
    }

    private static Picture frame(Path video, int number) throws IOException {
        var png =
                Footages.make(
                        folder.resolve("frame.png"),
                        "-i %s -vf select=eq(n\\,%d) -frames:v 1 FILE".formatted(video, number));
        return Reference.picture(Files.readAllBytes(png));
    }
}
