package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.VideoProgress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of a run is done, as an estimate that never goes back within the run.
///
/// @param stage the last one that finished; `null` before the first
/// @param fraction 0 to 1: the share of the kinds of stages that were passed at least once. They do
///   not take the same time, and a picture with many faces passes some of them often.
/// @param film how far a video is, by whose frames the fraction goes then; `null` for a picture and
///   before the first frame
public record JobProgress(@Nullable Stage stage, double fraction, @Nullable VideoProgress film) {

    private static final List<Stage> STAGES = List.of(Stage.values());

    static JobProgress none() {
        return new JobProgress(null, 0, null);
    }

    JobProgress passed(Stage finished) {
        var reached = (STAGES.indexOf(finished) + 1.0) / STAGES.size();
        return new JobProgress(finished, Math.max(fraction, reached), null);
    }

    JobProgress filmed(VideoProgress frames) {
        return new JobProgress(null, Math.max(fraction, frames.fraction()), frames);
    }
}
