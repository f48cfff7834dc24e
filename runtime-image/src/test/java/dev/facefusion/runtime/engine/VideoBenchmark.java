package dev.facefusion.runtime.engine;

import com.sun.management.OperatingSystemMXBean;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.engine.video.EngineWorks;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.FrameWorks;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.engine.video.VideoLimits;
import dev.facefusion.runtime.engine.video.VideoListener;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.engine.video.VideoRequest;
import dev.facefusion.runtime.engine.video.VideoSource;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How fast a video goes through, and what it takes: `docs/benchmarks.md` says how to start it.
///
/// Time on the clock says little where other programs run: processor time per frame is what lasts.
final class VideoBenchmark {

    private static final double TICKS = 100; // of /proc, in a second

    private VideoBenchmark() {}

    /// Times of the stages, summed over all frames.
    private static final class Times implements VideoListener {

        private final Map<Stage, Long> nanos = new ConcurrentHashMap<>();

        @Override
        public void progressed(VideoProgress progress) {}

        @Override
        public StageListener stages() {
            return (stage, time) -> nanos.merge(stage, time.toNanos(), Long::sum);
        }
    }

    /// Carries out a video three times and prints each one's figures: the first contains the
    /// compilation of the code.
    ///
    /// @param args `identity`, `bundled` or a directory of models; the video; threads of ONNX
    ///   Runtime; workers; and, for tracking, `face_tracker_score`
    public static void main(String[] args) throws IOException {
        var video = Path.of(args[1]);
        int workers = Integer.parseInt(args[3]);
        var score = args.length > 4 ? Double.parseDouble(args[4]) : 0.0;
        var output = Files.createTempDirectory("video").resolve("out.mp4");
        var request =
                new VideoRequest(new VideoSource.File(video), output, VideoOptions.defaults());
        var models =
                List.of("identity", "bundled").contains(args[0])
                        ? Reference.MODELS
                        : Path.of(args[0]);
        var engines = new ArrayList<Pipeline>();
        try (var videos =
                new VideoEngine(Ffmpeg.find(Footages.SEARCH_PATH), VideoLimits.defaults())) {
            engines.add(
                    EnginePlan.of(
                                    ModelStore.open(models),
                                    ExecutionSettings.cpu(Integer.parseInt(args[2])))
                            .open());
            while (engines.size() < workers) {
                engines.add(engines.getFirst().another());
            }
            FrameWorks works =
                    args[0].equals("identity")
                            ? new Untouched(workers)
                            : new EngineWorks(
                                    engines,
                                    List.of(Reference.MODELS.resolve("photos", "grace_hopper.jpg")),
                                    OptionValues.none()
                                            .with(TaskOptions.TRACKER_SCORE, score)
                                            .toSwapOptions());
            for (int round = 0; round < 3; round++) {
                round(videos, request, works);
            }
        } finally {
            engines.forEach(Pipeline::close);
        }
        Files.delete(output);
        Files.delete(output.getParent());
    }

    private static void round(VideoEngine videos, VideoRequest request, FrameWorks works)
            throws IOException {
        var times = new Times();
        var cpu = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long own = cpu.getProcessCpuTime();
        double children = childrensSeconds();
        var outcome = (VideoOutcome.Finished) videos.run(request, works, times, new Cancellation());
        double frames = outcome.frames();
        System.out.printf(
                "%d frames, %d changed, %.1f frames/s on the clock; processor ms a frame: Java %.1f, ffmpeg %.1f; peak %s MiB%n",
                outcome.frames(),
                outcome.changedFrames(),
                frames / (outcome.elapsed().toNanos() / 1e9),
                (cpu.getProcessCpuTime() - own) / 1e6 / frames,
                (childrensSeconds() - children) * 1000 / frames,
                peakMebibytes());
        times.nanos.forEach(
                (stage, nanos) -> System.out.printf("  %s %.2f ms%n", stage, nanos / 1e6 / frames));
        System.out.println("  all " + Duration.ofMillis(outcome.elapsed().toMillis()));
    }

    /// Of processes that have ended: fields 16 and 17 of `/proc/self/stat`.
    private static double childrensSeconds() throws IOException {
        var stat = Files.readString(Path.of("/proc/self/stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS;
    }

    private static String peakMebibytes() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> Long.toString(Long.parseLong(line.replaceAll("\\D", "")) / 1024))
                .findFirst()
                .orElse("?");
    }

    /// Frames stay as they are.
    private record Untouched(int workers) implements FrameWorks {

        @Override
        public Preparation prepare(int worker, StageListener progress, Cancellation cancellation) {
            return new Preparation.Ready((_, _, _) -> false);
        }
    }
}
