package dev.facefusion.runtime.health;

import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.software.os.OperatingSystem;

/// Measures CPU, memory and processes: the container's where it has limits, else the host's.
/// Belongs to one thread; each measurement covers the time since the one before.
final class HostMeter {

    private final Path cgroupRoot;
    private final LongSupplier nanoTime;
    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final OperatingSystem system;

    private long[] hostTicks;
    private @Nullable Long containerNanos;
    private long measuredAt;

    HostMeter(Path cgroupRoot, LongSupplier nanoTime) {
        this.cgroupRoot = cgroupRoot;
        this.nanoTime = nanoTime;
        var info = new SystemInfo();
        this.processor = info.getHardware().getProcessor();
        this.memory = info.getHardware().getMemory();
        this.system = info.getOperatingSystem();
        this.hostTicks = processor.getSystemCpuLoadTicks();
        this.containerNanos = Cgroup.read(cgroupRoot).cpuUsedNanos();
        this.measuredAt = nanoTime.getAsLong();
    }

    HostUsage measure() {
        var container = Cgroup.read(cgroupRoot);
        var limit = container.memoryLimit();
        var limited = limit != null && limit <= memory.getTotal() && container.memoryUsed() != null;
        return new HostUsage(
                cpuPercent(container),
                limited
                        ? container.memoryUsed()
                        : (Long) (memory.getTotal() - memory.getAvailable()),
                limited ? limit : (Long) memory.getTotal(),
                system.getProcessCount());
    }

    private double cpuPercent(Cgroup container) {
        var now = nanoTime.getAsLong();
        var elapsed = now - measuredAt;
        var ticks = processor.getSystemCpuLoadTicks();
        var hostLoad = processor.getSystemCpuLoadBetweenTicks(hostTicks, ticks);
        var usedBefore = containerNanos;
        var used = container.cpuUsedNanos();
        var cpus = container.cpuLimit();
        measuredAt = now;
        hostTicks = ticks;
        containerNanos = used;
        if (cpus == null || used == null || usedBefore == null || elapsed <= 0) {
            return percent(hostLoad);
        }
        return percent((used - usedBefore) / (elapsed * cpus));
    }

    // One decimal: more would be noise.
    private static double percent(double share) {
        return Math.round(Math.clamp(share, 0, 1) * 1000) / 10.0;
    }
}
