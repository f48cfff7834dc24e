package dev.facefusion.runtime.health;

import org.jspecify.annotations.Nullable;

/// CPU, memory and processes, each measured against the container's limit, else against the host.
/// What cannot be read is `null`.
///
/// @param cpuPercent 0 to 100
public record HostUsage(
        @Nullable Double cpuPercent,
        @Nullable Long memoryUsedBytes,
        @Nullable Long memoryTotalBytes,
        @Nullable Integer processes) {

    public static HostUsage unknown() {
        return new HostUsage(null, null, null, null);
    }
}
