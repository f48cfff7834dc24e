package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.queue.Admission;
import dev.facefusion.runtime.queue.Lane;
import dev.facefusion.runtime.queue.Order;
import java.util.Optional;
import java.util.OptionalInt;

/// What carries jobs out.
public interface JobRunner {

    /// Why a job would be turned away now, if it would.
    Optional<Admission.Rejected> refusal(Lane lane);

    /// Queues a job, or says at once why not.
    Start submit(Order order);

    /// Queues a job that was accepted in an earlier life of the process, whatever stands against
    /// it.
    Turn resubmit(Order order);

    sealed interface Start {

        record Begun(Turn turn) implements Start {}

        record Refused(Admission.Rejected why) implements Start {}
    }

    /// A job's place in the queue, and then in an engine.
    interface Turn {

        /// How many come before it, 0 when it is the next; empty when it does not wait any more.
        OptionalInt position();

        /// Ends it, if it has not ended.
        void cancel();
    }
}
