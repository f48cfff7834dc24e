package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A video engine and a folder for one test, which may leave neither a process nor an unfinished
/// file behind.
final class VideoBench implements BeforeEachCallback, AfterEachCallback {

    private final Ffmpeg ffmpeg;
    private final VideoEngine engine;
    private Path folder = Path.of("");

    VideoBench(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
        this.engine = new VideoEngine(ffmpeg, VideoLimits.defaults());
    }

    /// Quality 100 is lossless in x264: what comes out can be compared to the bit.
    static VideoOptions lossless() {
        return new VideoOptions(
                new Trim.Whole(),
                Optional.of(VideoEncoder.LIBX264),
                VideoPreset.ULTRAFAST,
                100,
                1,
                OptionalDouble.empty(),
                AudioOptions.keep());
    }

    static VideoOutcome.Finished finished(VideoOutcome outcome) {
        assertThat(outcome).isInstanceOf(VideoOutcome.Finished.class);
        return (VideoOutcome.Finished) outcome;
    }

    Ffmpeg ffmpeg() {
        return ffmpeg;
    }

    VideoEngine engine() {
        return engine;
    }

    /// A file of the test's folder.
    Path file(String name) {
        return folder.resolve(name);
    }

    /// @param output name of a file of the folder
    VideoOutcome run(Path source, String output, VideoOptions options, FrameWorks works) {
        return run(new VideoRequest(new VideoSource.File(source), file(output), options), works);
    }

    VideoOutcome run(VideoRequest request, FrameWorks works) {
        return engine.run(request, works, _ -> {}, new Cancellation());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("video-bench-");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                assertThat(file.toString()).doesNotEndWith(".part");
                Files.delete(file);
            }
        }
    }
}
