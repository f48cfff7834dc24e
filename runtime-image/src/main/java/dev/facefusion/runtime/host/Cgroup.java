package dev.facefusion.runtime.host;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The container's limits and use as the kernel tells them, version 1 or version 2 of the
/// interface. What it does not tell is `null`.
record Cgroup(Cpu cpu, Memory memory) {

    /// @param limit in CPUs; `null` without a limit
    /// @param usedNanos CPU time since the start
    /// @param periods in which the limit was enforced, since the start
    /// @param throttledPeriods in how many of them the container was stopped
    /// @param throttledNanos for how long, since the start
    /// @param pressurePercent share of the last ten seconds in which something waited for a CPU
    record Cpu(
            @Nullable Double limit,
            @Nullable Long usedNanos,
            @Nullable Long periods,
            @Nullable Long throttledPeriods,
            @Nullable Long throttledNanos,
            @Nullable Double pressurePercent) {

        static final Cpu UNKNOWN = new Cpu(null, null, null, null, null, null);
    }

    /// @param limit in bytes; `null` without a limit
    /// @param used in bytes, without the page cache that can be dropped, as the kubelet counts
    /// @param pressurePercent share of the last ten seconds in which something waited for memory
    /// @param oomKills processes killed for want of memory, since the start
    record Memory(
            @Nullable Long limit,
            @Nullable Long used,
            @Nullable Double pressurePercent,
            @Nullable Long oomKills) {

        static final Memory UNKNOWN = new Memory(null, null, null, null);
    }

    // Version 1 says "no limit" by a number near the largest one.
    private static final long NO_LIMIT = 1L << 60;
    private static final long NANOS_PER_MICRO = 1000;

    /// @param proc this process's view of `/proc`
    static Cgroup read(Path proc) {
        return new Cgroup(
                CgroupFolders.find(proc, "cpu").map(at -> cpu(proc, at)).orElse(Cpu.UNKNOWN),
                CgroupFolders.find(proc, "memory").map(Cgroup::memory).orElse(Memory.UNKNOWN));
    }

    // The group that binds is the one with the lowest limit; its use is what the limit is set
    // against. Without a limit it is the process's own.
    private static Cpu cpu(Path proc, CgroupFolders at) {
        var folder =
                at.folders().stream()
                        .filter(path -> cpuLimit(at.version(), path).isPresent())
                        .min(
                                Comparator.comparingDouble(
                                        path -> cpuLimit(at.version(), path).orElseThrow()))
                        .orElse(at.folders().getFirst());
        var stat = file(folder, "cpu.stat");
        return new Cpu(
                boxed(cpuLimit(at.version(), folder)),
                at.version() == 2
                        ? micros(stat.entry("usage_usec"))
                        : version1CpuTime(proc, at.folders().indexOf(folder)),
                boxed(stat.entry("nr_periods")),
                boxed(stat.entry("nr_throttled")),
                at.version() == 2
                        ? micros(stat.entry("throttled_usec"))
                        : boxed(stat.entry("throttled_time")),
                boxed(file(folder, "cpu.pressure").pressure()));
    }

    private static OptionalDouble cpuLimit(int version, Path folder) {
        if (version == 1) {
            var quota = file(folder, "cpu.cfs_quota_us").number();
            var period = file(folder, "cpu.cfs_period_us").number();
            return quota.orElse(-1) > 0 && period.orElse(0) > 0
                    ? OptionalDouble.of((double) quota.getAsLong() / period.getAsLong())
                    : OptionalDouble.empty();
        }
        var max = file(folder, "cpu.max").text().orElse("max").split(" ", -1);
        return max.length == 2 && !max[0].equals("max")
                ? OptionalDouble.of(Double.parseDouble(max[0]) / Double.parseDouble(max[1]))
                : OptionalDouble.empty();
    }

    // In version 1 the CPU time has a controller of its own, which may be mounted elsewhere.
    private static @Nullable Long version1CpuTime(Path proc, int level) {
        return CgroupFolders.find(proc, "cpuacct")
                .map(CgroupFolders::folders)
                .filter(folders -> level < folders.size())
                .map(folders -> boxed(file(folders.get(level), "cpuacct.usage").number()))
                .orElse(null);
    }

    private static Memory memory(CgroupFolders at) {
        var folder =
                at.folders().stream()
                        .filter(path -> memoryLimit(at.version(), path).isPresent())
                        .min(
                                Comparator.comparingLong(
                                        path -> memoryLimit(at.version(), path).orElseThrow()))
                        .orElse(at.folders().getFirst());
        var version2 = at.version() == 2;
        return new Memory(
                boxed(memoryLimit(at.version(), folder)),
                withoutCache(
                        file(folder, version2 ? "memory.current" : "memory.usage_in_bytes")
                                .number(),
                        file(folder, "memory.stat")
                                .entry(version2 ? "inactive_file" : "total_inactive_file")),
                boxed(file(folder, "memory.pressure").pressure()),
                boxed(
                        file(folder, version2 ? "memory.events" : "memory.oom_control")
                                .entry("oom_kill")));
    }

    private static OptionalLong memoryLimit(int version, Path folder) {
        if (version == 2) {
            return file(folder, "memory.max").number();
        }
        var limit = file(folder, "memory.limit_in_bytes").number();
        return limit.orElse(NO_LIMIT) < NO_LIMIT ? limit : OptionalLong.empty();
    }

    private static @Nullable Long withoutCache(OptionalLong used, OptionalLong cache) {
        return used.isPresent() ? (Long) Math.max(0, used.getAsLong() - cache.orElse(0)) : null;
    }

    private static @Nullable Long micros(OptionalLong value) {
        return value.isPresent() ? (Long) (value.getAsLong() * NANOS_PER_MICRO) : null;
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? (Long) value.getAsLong() : null;
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    private static KernelFile file(Path folder, String name) {
        return new KernelFile(folder.resolve(name));
    }
}
