package dev.facefusion.runtime.engine.video;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is told while a video is made.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoProgressIT {

    @RegisterExtension private final VideoBench bench;

    VideoProgressIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @Test
    void tellsHowFarItIs() {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var told = new CopyOnWriteArrayList<VideoProgress>();
        var frames = new AtomicInteger();

        bench.engine()
                .run(
                        new VideoRequest(
                                new VideoSource.File(clip),
                                bench.file("out.mp4"),
                                VideoBench.lossless()),
                        new HandWork(
                                1,
                                (_, _, _) ->
                                        frames.getAndIncrement() % 20 == 0
                                                ? HandWork.pause()
                                                : List.of()),
                        told::add,
                        new Cancellation());

        assertThat(told).extracting(VideoProgress::frames).isSorted();
        assertThat(told.getFirst().total()).isEqualTo(50);
        assertThat(told.getLast().fraction()).isEqualTo(1);
        assertThat(told.getLast().remaining()).contains(Duration.ZERO);
        assertThat(told.getLast().framesPerSecond()).isPositive();
    }

    @Test
    void touchesTheFileBeforeItHasItsName() throws IOException {
        var clip = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -an");
        var output = bench.file("out.mkv");
        var seen = new ArrayList<Boolean>();
        var request =
                new VideoRequest(
                        new VideoSource.File(clip),
                        output,
                        VideoBench.lossless(),
                        Map.of("comment", "synthetic; x=y"),
                        (unfinished, container) -> {
                            seen.add(Files.exists(output));
                            assertThat(container).isEqualTo(Container.MKV);
                            assertThat(unfinished).exists();
                        });

        bench.run(request, HandWork.nothing());

        assertThat(seen).containsExactly(false);
        assertThat(output).exists();
        assertThat(Files.readString(output, ISO_8859_1)).contains("synthetic; x=y");
    }
}
