package dev.facefusion.runtime.queue;

import java.time.Duration;

/// What someone wants done.
///
/// @param requestId for the log
/// @param client whom the task is for: a lane's turns go round among clients
/// @param patience from now to the result; when it is over the task is taken out of the queue, or
///   the engine is told to stop
/// @param assignment its files stay until the task ended, and a moment longer: a worker that is
///   told to stop may still read them, and comes to no harm if they are gone
public record Order(
        String requestId,
        String client,
        Lane lane,
        Assignment assignment,
        Duration patience,
        TaskObserver observer) {

    public Order {
        if (patience.isNegative() || patience.isZero()) {
            throw new IllegalArgumentException("patience is not positive: " + patience);
        }
    }
}
