package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.FrameWork;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.analyse.Faces;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What those who work on the frames are shown beside the frame itself.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoFramesIT {

    @RegisterExtension private final VideoBench bench;

    VideoFramesIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 10"})
    void tellsWhatWasFoundAroundEachFrame(int workers, int reach) {
        // given: frames that grow brighter, and as the score of their only face, how bright they
        // are
        var clip =
                Footages.make(
                        bench.file("clip.mp4"),
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
                VideoBench.finished(
                        bench.run(
                                clip,
                                "out.mp4",
                                VideoBench.lossless(),
                                new HandWork(workers, reach, work)));

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
    void showsTheReferenceFrameFirst() {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
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

        bench.run(clip, "out.mp4", VideoBench.lossless(), works);

        assertThat(shown).hasSize(1);
        int same =
                IntStream.range(0, frames.size())
                        .filter(i -> Arrays.equals(frames.get(i), shown.getFirst()))
                        .findFirst()
                        .orElse(-1);
        assertThat(same).isEqualTo(33);
    }
}
