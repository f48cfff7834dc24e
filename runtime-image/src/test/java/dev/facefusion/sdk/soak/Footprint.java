package dev.facefusion.sdk.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this process has at one moment.
///
/// @param processes that it started and that still are
/// @param files below a folder
/// @param threads Java's and native ones, but for those that Java starts and ends as it sees fit:
///   of its compiler, and those that reap processes
/// @param descriptors open files, pipes and sockets
/// @param residentKibibytes all its memory, Java's heap and native, as the kernel counts it
record Footprint(
        long processes, long files, long threads, long descriptors, long residentKibibytes) {

    private static final String TRANSIENT = "|C[12] CompilerThre.*|process reaper.*";

    static Footprint of(Path folder) throws IOException {
        return new Footprint(
                ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count(),
                files(folder),
                living(),
                entries(Path.of("/proc/self/fd")),
                resident());
    }

    static long resident() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    /// Whether there is no more of anything that is counted; memory is judged otherwise.
    boolean leavesNothingOver(Footprint before) {
        return processes <= before.processes
                && files <= before.files
                && threads <= before.threads
                && descriptors <= before.descriptors;
    }

    private static long files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static long living() throws IOException {
        try (var tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.map(Footprint::name).filter(name -> !name.matches(TRANSIENT)).count();
        }
    }

    /// Of a thread, its first 15 letters; empty once it ended.
    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException _) {
            return "";
        }
    }

    private static long entries(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.count();
        }
    }
}
