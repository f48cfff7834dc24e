package dev.facefusion.runtime.host;

import dev.facefusion.runtime.host.HostUsage.Strain;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;

/// Measures CPU, memory and processes: the container's where it has limits, else the host's.
/// Belongs to one thread; each measurement covers the time since the one before.
final class HostMeter {

    private final Path proc;
    private final LongSupplier nanoTime;
    private final CentralProcessor processor;
    private final GlobalMemory memory;
    private final Throttling throttling = new Throttling();

    private long[] hostTicks;
    private @Nullable Long containerNanos;
    private long measuredAt;

    /// @param proc this process's view of `/proc`
    HostMeter(Path proc, LongSupplier nanoTime) {
        this.proc = proc;
        this.nanoTime = nanoTime;
        var hardware = new SystemInfo().getHardware();
        this.processor = hardware.getProcessor();
        this.memory = hardware.getMemory();
        this.hostTicks = processor.getSystemCpuLoadTicks();
        this.containerNanos = Cgroup.read(proc).cpu().usedNanos();
        this.measuredAt = nanoTime.getAsLong();
    }

    HostUsage measure() {
        var container = Cgroup.read(proc);
        var limit = container.memory().limit();
        var used = container.memory().used();
        var total = memory.getTotal();
        var limited = limit != null && limit <= total && used != null;
        var now = nanoTime.getAsLong();
        return new HostUsage(
                cpuPercent(now, container.cpu()),
                limited ? used : (Long) (total - memory.getAvailable()),
                limited ? limit : (Long) total,
                ProcessCount.read(proc),
                strain(now, container));
    }

    private double cpuPercent(long now, Cgroup.Cpu container) {
        var elapsed = now - measuredAt;
        var ticks = processor.getSystemCpuLoadTicks();
        var hostLoad = processor.getSystemCpuLoadBetweenTicks(hostTicks, ticks);
        var usedBefore = containerNanos;
        var used = container.usedNanos();
        var cpus = container.limit();
        measuredAt = now;
        hostTicks = ticks;
        containerNanos = used;
        if (cpus == null || used == null || usedBefore == null || elapsed <= 0) {
            return Percent.of(hostLoad);
        }
        return Percent.of((used - usedBefore) / (elapsed * cpus));
    }

    private Strain strain(long now, Cgroup container) {
        var throttled = container.cpu().throttledNanos();
        return new Strain(
                throttling.percent(now, container.cpu()),
                throttled == null ? null : Duration.ofNanos(throttled),
                pressure(container.cpu().pressurePercent(), "cpu"),
                pressure(container.memory().pressurePercent(), "memory"),
                container.memory().oomKills());
    }

    // The host's where the container has none of its own: others' tasks wait there too.
    private @Nullable Double pressure(@Nullable Double container, String resource) {
        if (container != null) {
            return container;
        }
        var host = new KernelFile(proc.resolve("pressure").resolve(resource)).pressure();
        return host.isPresent() ? (Double) host.getAsDouble() : null;
    }
}
