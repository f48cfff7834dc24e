package dev.facefusion.runtime.host;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// CPU, memory and processes, each measured against the container's limit, else against the host.
/// What cannot be read is `null`.
///
/// @param cpuPercent 0 to 100
/// @param processes see [ProcessCount]
/// @param strain what the kernel held back
public record HostUsage(
        @Nullable Double cpuPercent,
        @Nullable Long memoryUsedBytes,
        @Nullable Long memoryTotalBytes,
        @Nullable Integer processes,
        Strain strain) {

    /// How much the kernel held the process back: by the container's limit, or because others use
    /// the machine too. What cannot be read is `null`.
    ///
    /// @param throttledPercent share of the enforcement periods of the last ten seconds or so in
    ///   which the container was stopped at its CPU limit; `null` without a limit
    /// @param throttled for how long it was stopped, since the container's start
    /// @param cpuPressurePercent share of the last ten seconds in which something waited for a CPU
    /// @param memoryPressurePercent share of the last ten seconds in which something waited for
    ///   memory
    /// @param oomKills processes killed for want of memory, since the container's start
    public record Strain(
            @Nullable Double throttledPercent,
            @Nullable Duration throttled,
            @Nullable Double cpuPressurePercent,
            @Nullable Double memoryPressurePercent,
            @Nullable Long oomKills) {

        public static Strain unknown() {
            return new Strain(null, null, null, null, null);
        }
    }

    public static HostUsage unknown() {
        return new HostUsage(null, null, null, null, Strain.unknown());
    }
}
