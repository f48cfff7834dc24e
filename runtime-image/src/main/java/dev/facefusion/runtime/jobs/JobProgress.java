package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.engine.stage.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of a run is done, as an estimate that never goes back within the run.
///
/// @param stage the last one that finished; `null` before the first
/// @param fraction 0 to 1: the share of the kinds of stages that were passed at least once. They do
///   not take the same time, and a picture with many faces passes some of them often.
public record JobProgress(@Nullable Stage stage, double fraction) {

    private static final List<Stage> STAGES = List.of(Stage.values());

    static JobProgress none() {
        return new JobProgress(null, 0);
    }

    JobProgress passed(Stage finished) {
        var reached = (STAGES.indexOf(finished) + 1.0) / STAGES.size();
        return new JobProgress(finished, Math.max(fraction, reached));
    }
}
