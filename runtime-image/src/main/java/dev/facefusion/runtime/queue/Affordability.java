package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.SwapDemand;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.media.PictureSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// Whether a task can be carried out at all, judged by its pictures' headers before it is queued: a
/// task that is bound to fail shall not wait for it, nor take others with it.
///
/// Only running tasks take memory, waiting ones lie on the disk. So each worker has an equal share
/// of the heap, and a task that needs more than that share is refused however idle the runtime is.
public final class Affordability {

    private static final long MEBIBYTE = 1024L * 1024;

    private final long heapPerWorker;
    private final FreeMemory device;
    private final Function<SwapRequest, SwapDemand> demands;

    /// @param heapBytes that all workers have together
    /// @param workers how many tasks may run at once
    public Affordability(
            long heapBytes,
            int workers,
            FreeMemory device,
            Function<SwapRequest, SwapDemand> demands) {
        this.heapPerWorker = heapBytes / workers;
        this.device = device;
        this.demands = demands;
    }

    /// What the workers may have of a heap: nine tenths. The rest of the runtime is small, and
    /// works outside of the heap or with buffers of fixed sizes.
    public static long workersShare(long maxHeapBytes) {
        return maxHeapBytes / 10 * 9;
    }

    /// What stands against the task now.
    ///
    /// @param running tasks, which will give back what they take
    /// @param retryAfter when one of them should have ended
    Optional<Admission.Rejected> objection(
            Assignment assignment, int running, Duration retryAfter) {
        var request = pictures(assignment);
        return request.sources().stream()
                .flatMap(source -> excess(Input.SOURCE, source).stream())
                .findFirst()
                .or(() -> excess(Input.TARGET, request.target()))
                .or(() -> shortage(demands.apply(request), running, retryAfter));
    }

    // Of a video's memory little is known before it is opened, and it does not grow with the file.
    private static SwapRequest pictures(Assignment assignment) {
        return switch (assignment) {
            case Assignment.OfPicture(var request) -> request;
            case Assignment.OfVideo(var request, _, _) ->
                    new SwapRequest(
                            request.sources(), request.sources().getFirst(), request.options());
        };
    }

    private static Optional<Admission.Rejected> excess(Input input, Path file) {
        return PictureReader.size(file)
                .flatMap(PictureSize::excess)
                .map(detail -> new Admission.TooLarge(input, detail));
    }

    private Optional<Admission.Rejected> shortage(
            SwapDemand demand, int running, Duration retryAfter) {
        if (demand.heapBytes() > heapPerWorker) {
            return Optional.of(
                    new Admission.TooCostly(
                            "The images need about %d MiB of memory, and a task may have %d MiB."
                                    .formatted(
                                            demand.heapBytes() / MEBIBYTE,
                                            heapPerWorker / MEBIBYTE)));
        }
        var free = device.deviceBytes();
        if (free.isEmpty() || demand.deviceBytes() <= free.getAsLong()) {
            return Optional.empty();
        }
        return Optional.of(
                running > 0
                        ? new Admission.MemoryFull(retryAfter)
                        : new Admission.TooCostly(
                                "The images need about %d MiB of the device's memory, and %d MiB are free."
                                        .formatted(
                                                demand.deviceBytes() / MEBIBYTE,
                                                free.getAsLong() / MEBIBYTE)));
    }
}
