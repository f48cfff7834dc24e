package dev.facefusion.runtime.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The container's limits and use as the kernel tells them, version 2 or version 1.
///
/// @param cpuLimit in CPUs; `null` without a limit
/// @param cpuUsedNanos CPU time since the start; `null` if it cannot be read
/// @param memoryLimit in bytes; `null` without a limit
/// @param memoryUsed in bytes, without the page cache that can be dropped, as the kubelet counts;
///   `null` if it cannot be read
record Cgroup(
        @Nullable Double cpuLimit,
        @Nullable Long cpuUsedNanos,
        @Nullable Long memoryLimit,
        @Nullable Long memoryUsed) {

    // Version 1 says "no limit" by a number near the largest one.
    private static final long NO_LIMIT = 1L << 60;

    /// @param root where the hierarchies are mounted, such as `/sys/fs/cgroup`
    static Cgroup read(Path root) {
        return Files.exists(root.resolve("cgroup.controllers")) ? version2(root) : version1(root);
    }

    private static Cgroup version2(Path root) {
        var cpuMax = line(root.resolve("cpu.max")).map(text -> text.split(" ", -1));
        return new Cgroup(
                cpuMax.filter(part -> part.length == 2 && !part[0].equals("max"))
                        .map(part -> Double.parseDouble(part[0]) / Double.parseDouble(part[1]))
                        .orElse(null),
                entry(root.resolve("cpu.stat"), "usage_usec")
                        .map(micros -> micros * 1000)
                        .orElse(null),
                number(root.resolve("memory.max")).orElse(null),
                withoutCache(
                        number(root.resolve("memory.current")),
                        entry(root.resolve("memory.stat"), "inactive_file")));
    }

    private static Cgroup version1(Path root) {
        var quota = number(root.resolve("cpu/cpu.cfs_quota_us")).filter(micros -> micros > 0);
        var period = number(root.resolve("cpu/cpu.cfs_period_us")).filter(micros -> micros > 0);
        return new Cgroup(
                quota.flatMap(used -> period.map(per -> (double) used / per)).orElse(null),
                number(root.resolve("cpuacct/cpuacct.usage")).orElse(null),
                number(root.resolve("memory/memory.limit_in_bytes"))
                        .filter(bytes -> bytes < NO_LIMIT)
                        .orElse(null),
                withoutCache(
                        number(root.resolve("memory/memory.usage_in_bytes")),
                        entry(root.resolve("memory/memory.stat"), "total_inactive_file")));
    }

    private static @Nullable Long withoutCache(Optional<Long> used, Optional<Long> cache) {
        return used.map(bytes -> Math.max(0, bytes - cache.orElse(0L))).orElse(null);
    }

    private static Optional<Long> number(Path file) {
        return line(file).flatMap(Cgroup::parse);
    }

    private static Optional<Long> entry(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key + " "))
                    .findFirst()
                    .flatMap(line -> parse(line.substring(key.length() + 1)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> line(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> parse(String text) {
        try {
            return Optional.of(Long.valueOf(text.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
