package dev.facefusion.runtime.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Counts the processes of the pod.
///
/// In a PID namespace of its own, a container's or a pod's, those are all that are visible. In the
/// host's namespace everybody's processes are, so there it counts this process and those that it
/// started.
final class ProcessCount {

    private ProcessCount() {}

    /// How many there are; `null` if they cannot be listed.
    ///
    /// @param proc this process's view of `/proc`
    static @Nullable Integer read(Path proc) {
        return PidNamespace.read(proc).host() ? ours() : visible(proc);
    }

    private static @Nullable Integer visible(Path proc) {
        try (var entries = Files.list(proc)) {
            return Math.toIntExact(
                    entries.filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
                            .count());
        } catch (IOException | UncheckedIOException e) {
            return null;
        }
    }

    private static Integer ours() {
        return Math.toIntExact(1 + ProcessHandle.current().descendants().count());
    }
}
