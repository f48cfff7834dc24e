package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceSelector;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.Portrait;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.FaceOrder;
import dev.facefusion.runtime.engine.process.FaceTask;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Measures the stages of a swap, without files: a target is analysed and swapped again and again.
///
/// The source is analysed once, as in `tests/reference/swap.py --bench`, which measures the same.
public final class PipelineBenchmark {

    /// The compiler needs some thousand calls of each kernel's rows before it does its best.
    private static final int WARM_UP_ROUNDS = 100;

    private final Pipeline pipeline;

    public PipelineBenchmark(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /// Medians over all rounds.
    ///
    /// @param stages time per stage and round; a stage that runs twice in a round counts as one
    /// @param total time per round
    public record Figures(Map<Stage, Duration> stages, Duration total) {}

    /// Runs the benchmark.
    ///
    /// @param source file of an encoded picture with a face
    /// @param target likewise; its largest face is swapped
    /// @throws IllegalArgumentException if a picture cannot be used or shows no face
    /// @throws UncheckedIOException if a file cannot be read
    public Figures run(Path source, Path target, int rounds) {
        var sourcePicture = decode(source);
        var targetPicture = decode(target);
        var sourceFace = face(sourcePicture, new StageClock((_, _) -> {}, new Cancellation()));
        var shown = Source.of(List.of(new Portrait(sourcePicture, sourceFace)));
        var samples = new ArrayList<Map<Stage, Duration>>();
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            var sample = new EnumMap<Stage, Duration>(Stage.class);
            var clock =
                    new StageClock(
                            (stage, time) -> sample.merge(stage, time, Duration::plus),
                            new Cancellation());
            var picture = targetPicture.copy();
            var targetFace = face(picture, clock);
            var task = new FaceTask(picture, targetFace, shown, FaceOptions.defaults(), 1);
            pipeline.swapper().process(task, clock);
            if (round >= 0) {
                samples.add(sample);
            }
        }
        return figures(samples);
    }

    private static Picture decode(Path file) {
        return switch (PictureReader.read(file)) {
            case Decoded.Intact(var picture) -> picture;
            case Decoded.Refused(_, var detail) -> throw new IllegalArgumentException(detail);
        };
    }

    private Face face(Picture picture, StageClock clock) {
        var options = FaceOptions.defaults();
        boolean identity = pipeline.swapper().needsSourceIdentity();
        var inquiry = new Inquiry(options.detector(), options.landmarker(), identity, false);
        return FaceSelector.ordered(
                        pipeline.analyser().analyse(picture, inquiry, clock), FaceOrder.LARGE_SMALL)
                .stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a picture shows no face"));
    }

    private static Figures figures(List<Map<Stage, Duration>> samples) {
        var stages = new EnumMap<Stage, Duration>(Stage.class);
        for (var stage : samples.getFirst().keySet()) {
            stages.put(
                    stage,
                    median(
                            samples.stream()
                                    .map(sample -> sample.getOrDefault(stage, Duration.ZERO))
                                    .toList()));
        }
        var totals =
                samples.stream()
                        .map(sample ->
                                sample.values().stream().reduce(Duration.ZERO, Duration::plus))
                        .toList();
        return new Figures(stages, median(totals));
    }

    private static Duration median(List<Duration> durations) {
        return durations.stream().sorted().skip(durations.size() / 2).findFirst().orElseThrow();
    }
}
