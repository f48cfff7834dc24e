package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.metrics.RuntimeMetrics;
import dev.facefusion.runtime.metrics.RuntimeMetrics.Outcome;
import java.time.Duration;

/// What the end of a task counts as, in the health report and in the metrics.
///
/// @param taskTimeout patience that every task should find enough: one that expires after it counts
///   as failed, one with less as withdrawn
record Tally(RuntimeMetrics metrics, Duration taskTimeout) {

    void count(Task task, TaskResult settled) {
        switch (settled) {
            case TaskResult.Done(Swapped swapped) -> task.ticket().completed(swapped.elapsed());
            case TaskResult.Filmed(VideoOutcome.NotWritten _),
                    TaskResult.Filmed(VideoOutcome.Failed _) ->
                    task.ticket().failed();
            // A video's time says nothing about the next picture's.
            case TaskResult.Done _, TaskResult.Filmed _ -> task.ticket().completed(null);
            case TaskResult.Cancelled _ -> task.ticket().withdrawn();
            // A client that asks for the impossible must not make the runtime look broken.
            case TaskResult.Expired _ when task.order().patience().compareTo(taskTimeout) < 0 ->
                    task.ticket().withdrawn();
            case TaskResult.Failed _,
                    TaskResult.OutOfMemory _,
                    TaskResult.Expired _,
                    TaskResult.Abandoned _ ->
                    task.ticket().failed();
        }
        metrics.ended(label(settled));
    }

    private static Outcome label(TaskResult result) {
        return switch (result) {
            case TaskResult.Done(var outcome) -> label(outcome);
            case TaskResult.Filmed(VideoOutcome.Finished _) -> Outcome.SWAPPED;
            case TaskResult.Filmed(VideoOutcome.Refused _) -> Outcome.BAD_MEDIA;
            case TaskResult.Filmed(VideoOutcome.NotReady(var reason)) -> label(reason);
            case TaskResult.Filmed(VideoOutcome.NotWritten _),
                    TaskResult.Filmed(VideoOutcome.Failed _),
                    TaskResult.Failed _,
                    TaskResult.OutOfMemory _ ->
                    Outcome.FAILED;
            case TaskResult.Expired _ -> Outcome.EXPIRED;
            case TaskResult.Cancelled _ -> Outcome.CANCELLED;
            case TaskResult.Abandoned _ -> Outcome.ABANDONED;
        };
    }

    private static Outcome label(SwapOutcome outcome) {
        return switch (outcome) {
            case Swapped _ -> Outcome.SWAPPED;
            case SwapOutcome.NoFace _ -> Outcome.NO_FACE;
            case SwapOutcome.BadMedia _ -> Outcome.BAD_MEDIA;
            case SwapOutcome.BadOption _ -> Outcome.BAD_OPTION;
        };
    }
}
