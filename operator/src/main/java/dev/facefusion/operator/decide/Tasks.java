package dev.facefusion.operator.decide;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a pod says of its tasks; empty where it does not tell.
///
/// @param inFlight tasks that run now
/// @param queued tasks accepted and not yet running
/// @param completed since the process began
/// @param secondsSinceProgress since any stage of any task finished
public record Tasks(
        OptionalInt inFlight,
        OptionalInt queued,
        OptionalLong completed,
        OptionalInt secondsSinceProgress) {

    /// Known to have nothing to do.
    public boolean idle() {
        return inFlight.equals(OptionalInt.of(0)) && queued.equals(OptionalInt.of(0));
    }
}
