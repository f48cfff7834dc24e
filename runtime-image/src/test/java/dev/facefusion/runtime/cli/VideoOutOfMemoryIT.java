package dev.facefusion.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose heap, of 192 MiB, does not hold a video's frames.
@NeedsFfmpeg
@Timeout(180)
class VideoOutOfMemoryIT {

    @TempDir private Path folder;

    @Test
    void failsTheJobForGoodAndEndsToBeStartedAnew() throws Exception {
        // given: 8K, which the limit would refuse that is taken from the heap
        var video =
                Footages.make(
                        folder.resolve("large.mp4"),
                        "-f lavfi -i color=size=7680x4320:rate=1:duration=2 -pix_fmt yuv420p"
                                + " -c:v libx264 -preset ultrafast FILE");
        String job;
        try (var server = serve()) {

            // when
            job = server.acceptJob(video);

            // then
            assertThat(server.exitCode()).isEqualTo(ExitCode.OUT_OF_MEMORY.code());
            assertThat(server.log()).anyMatch(line -> line.contains("more memory than there is"));
        }
        try (var next = serve()) {
            var found = next.job(job);
            assertThat(found.get("state").asText()).as(found.toString()).isEqualTo("failed");
            assertThat(found.at("/problem/type").asText()).endsWith(":not-enough-memory");
            assertThat(found.get("attempts").asInt()).isEqualTo(1);
            assertThat(next.swap().join().statusCode()).isEqualTo(200);
        }
    }

    private RuntimeProcess serve() throws Exception {
        return RuntimeProcess.serve(
                        Map.of(
                                "API_PORT", "0",
                                "HEALTH_PORT", "0",
                                "VIDEO_MAX_MEGAPIXELS", "34",
                                "PATH", Footages.SEARCH_PATH,
                                "WORK_DIR", folder.resolve("work").toString()))
                .awaitReady();
    }
}
