package dev.facefusion.operator.decide.trend;

import java.util.OptionalLong;

/// The least memory that was used within one span of time, which is what is left when work comes
/// and goes.
///
/// @param index of the span, counted from the epoch
/// @param lowest in MiB
/// @param highest in MiB, within the same span
/// @param completed tasks by the end of the span
record Minimum(long index, int lowest, int highest, OptionalLong completed) {
    static Minimum of(long index, MemorySample sample) {
        return new Minimum(index, sample.used(), sample.used(), sample.completed());
    }

    Minimum with(MemorySample sample) {
        return new Minimum(
                index,
                Math.min(lowest, sample.used()),
                Math.max(highest, sample.used()),
                sample.completed());
    }
}
