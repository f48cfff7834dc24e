package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// Swaps faces in pictures and in the frames of videos.
///
/// An engine belongs to one thread: it keeps buffers between tasks and has no locks. Run as many
/// engines as tasks at once, each on a platform thread of its own; a native call would hold the
/// carrier of a virtual one.
public interface Engine extends AutoCloseable {

    /// Carries out one request and never throws for what a request can contain: bad pictures and
    /// pictures without a face are outcomes.
    ///
    /// @param progress told of every finished stage and every run of a model, on the calling thread
    /// @param cancellation heeded before every stage and within the run of a model
    /// @throws CancellationException if the task was cancelled before it was done; the engine is
    ///   ready for the next one
    /// @throws UncheckedIOException if a file of the request cannot be read
    SwapOutcome swap(SwapRequest request, StageListener progress, Cancellation cancellation);

    /// Looks at the sources of a video, and says how its frames are worked on.
    ///
    /// @param sources as of a [SwapRequest]
    /// @param progress told of every finished stage and every run of a model, now and for each
    ///   frame, on the calling thread
    /// @param cancellation heeded now and within the run of a model for each frame
    /// @throws CancellationException if the task was cancelled before it was done
    /// @throws UncheckedIOException if a source cannot be read
    Preparation prepare(
            List<Path> sources,
            SwapOptions options,
            StageListener progress,
            Cancellation cancellation);

    /// Whether the faces of a video's frame are sought where they were in the frame before.
    default boolean followsFaces() {
        return false;
    }

    /// Names, as in the manifest, of the models that it holds in memory.
    Set<String> models();

    /// What the models were asked to run on and what they really run on.
    ExecutionReport execution();

    /// The memory that the models' sessions have taken, by the model's name, where it is told.
    default Map<String, ArenaFigures> arenas() {
        return Map.of();
    }

    /// Runs every model once, so that the first task is not the slowest.
    void warmUp();

    /// Frees the native sessions. Call it only when no task runs: closing under a running one would
    /// crash the process.
    @Override
    void close();
}
