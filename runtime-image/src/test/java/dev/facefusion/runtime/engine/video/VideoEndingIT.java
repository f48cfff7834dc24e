package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A video that ends before its last frame: cancelled, out of time, or because something broke.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoEndingIT {

    @RegisterExtension private final VideoBench bench;

    VideoEndingIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @Test
    void endsWhenTheTimeIsUp() {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var limits = VideoLimits.defaults();
        var hasty =
                new VideoEngine(
                        bench.ffmpeg(),
                        new VideoLimits(
                                limits.maxBytes(),
                                limits.maxDuration(),
                                limits.maxPixels(),
                                Duration.ofSeconds(3)));
        var slow = new HandWork(1, (_, _, _) -> HandWork.pause());

        var outcome =
                hasty.run(
                        new VideoRequest(
                                new VideoSource.File(clip),
                                bench.file("out.mp4"),
                                VideoBench.lossless()),
                        slow,
                        _ -> {},
                        new Cancellation());

        assertThat(outcome)
                .isEqualTo(
                        new VideoOutcome.Failed(
                                "The video took more than 3 s, the most that it may."));
        assertThat(bench.file("out.mp4")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void endsWithinHalfASecondWhenCancelled(int reach) throws Exception {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -c:a aac");
        Files.writeString(bench.file("out.mp4"), "what was there before");
        var cancellation = new Cancellation();
        var running = new CountDownLatch(10);
        var thrown = new AtomicReference<Throwable>();
        var slow =
                new HandWork(
                        2,
                        reach,
                        (_, _, _) -> {
                            running.countDown();
                            return HandWork.pause();
                        });
        var task =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                bench.engine()
                                        .run(
                                                new VideoRequest(
                                                        new VideoSource.File(clip),
                                                        bench.file("out.mp4"),
                                                        VideoBench.lossless()),
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
        assertThat(bench.file("out.mp4")).hasContent("what was there before");
    }

    @Test
    void closingEndsWhatRuns() throws Exception {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var running = new CountDownLatch(1);
        var slow =
                new HandWork(
                        1,
                        (_, _, _) -> {
                            running.countDown();
                            return HandWork.pause();
                        });
        var task =
                Thread.ofPlatform()
                        .start(() ->
                                assertThatThrownBy(() ->
                                                bench.run(
                                                        clip,
                                                        "out.mp4",
                                                        VideoBench.lossless(),
                                                        slow))
                                        .isInstanceOf(CancellationException.class));
        running.await();

        bench.engine().close();

        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
        task.join();
        assertThatThrownBy(
                        () -> bench.run(clip, "out.mp4", VideoBench.lossless(), HandWork.nothing()))
                .isInstanceOf(CancellationException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rawvideo", "libx264"})
    void aKilledFfmpegFailsItsTaskOnly(String codec) {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -c:a aac");
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

        var outcome = bench.run(clip, "out.mp4", VideoBench.lossless(), murder);

        assertThat(outcome).isInstanceOf(VideoOutcome.Failed.class);
        assertThat(((VideoOutcome.Failed) outcome).detail()).contains("ffmpeg ended with 137");
        assertThat(bench.file("out.mp4")).doesNotExist();
        VideoBench.finished(bench.run(clip, "out.mp4", VideoBench.lossless(), HandWork.nothing()));
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
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -c:a aac");
        var nowhere =
                new VideoRequest(
                        new VideoSource.File(clip),
                        bench.file("missing/out.mp4"),
                        VideoBench.lossless());

        var outcome = bench.run(nowhere, HandWork.nothing());

        assertThat(outcome).isInstanceOf(VideoOutcome.Failed.class);
        assertThat(((VideoOutcome.Failed) outcome).detail())
                .contains("Encoding failed", "No such file or directory");
    }

    @Test
    void endsWithTheReasonWhyAnEngineCannotBegin() {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var reason = new SwapOutcome.NoFace(Input.SOURCE);
        var works = new OneWorker(new Preparation.Refused(reason), OptionalLong.empty());

        assertThat(bench.run(clip, "out.mp4", VideoBench.lossless(), works))
                .isEqualTo(new VideoOutcome.NotReady(reason));
    }

    @Test
    void passesOnWhatAWorkerThrows() {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
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

        assertThatThrownBy(() -> bench.run(clip, "out.mp4", VideoBench.lossless(), broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }
}
