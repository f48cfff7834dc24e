package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.queue.Order;
import dev.facefusion.runtime.queue.Task;
import dev.facefusion.runtime.queue.TaskQueue;
import java.util.Optional;
import java.util.OptionalInt;

/// Jobs as tasks of the queue.
public record QueueRunner(TaskQueue queue) implements JobRunner {

    @Override
    public Optional<Admission.Rejected> refusal(Lane lane) {
        return queue.refusal(lane);
    }

    @Override
    public Start submit(Order order) {
        return switch (queue.submit(order)) {
            case Admission.Accepted(var task) -> new Start.Begun(turn(task));
            case Admission.Rejected why -> new Start.Refused(why);
        };
    }

    @Override
    public Turn resubmit(Order order) {
        return turn(queue.resubmit(order));
    }

    private Turn turn(Task task) {
        return new Turn() {
            @Override
            public OptionalInt position() {
                return queue.position(task);
            }

            @Override
            public void cancel() {
                queue.cancel(task);
            }
        };
    }
}
