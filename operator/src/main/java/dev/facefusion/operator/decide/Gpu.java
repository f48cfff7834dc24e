package dev.facefusion.operator.decide;

import java.util.Optional;
import java.util.OptionalInt;

/// One GPU as its pod reports it; empty where the pod does not tell.
///
/// @param memoryUsedMebibytes of the whole device, strangers' use included
/// @param processUsedMebibytes of the pod's own process
/// @param lost whether its driver says that it is gone, or must be reset
public record Gpu(
        Optional<String> uuid,
        OptionalInt memoryUsedMebibytes,
        OptionalInt memoryTotalMebibytes,
        OptionalInt processUsedMebibytes,
        boolean lost) {

    /// 0 to 100.
    public OptionalInt memoryUsedPercent() {
        if (memoryUsedMebibytes.isEmpty() || memoryTotalMebibytes.orElse(0) == 0) {
            return OptionalInt.empty();
        }
        long percent = 100L * memoryUsedMebibytes.getAsInt() / memoryTotalMebibytes.getAsInt();
        return OptionalInt.of((int) Math.min(100, percent));
    }
}
