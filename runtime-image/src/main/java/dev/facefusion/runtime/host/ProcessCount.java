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

    // The kernel gives the first namespace this number (PROC_PID_INIT_INO).
    private static final String HOST_NAMESPACE = "pid:[4026531836]";

    private ProcessCount() {}

    /// How many there are; `null` if they cannot be listed.
    ///
    /// @param proc this process's view of `/proc`
    static @Nullable Integer read(Path proc) {
        return inNamespaceOfItsOwn(proc) ? visible(proc) : ours();
    }

    private static boolean inNamespaceOfItsOwn(Path proc) {
        try {
            var namespace = Files.readSymbolicLink(proc.resolve("self/ns/pid"));
            return !namespace.toString().equals(HOST_NAMESPACE);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
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
