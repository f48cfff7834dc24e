package dev.facefusion.runtime.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/// The space in which this process's number is counted.
///
/// @param host true if it is the host's, not a container's or a pod's
public record PidNamespace(boolean host) {

    // The kernel gives the first namespace this number (PROC_PID_INIT_INO).
    private static final String FIRST = "pid:[4026531836]";

    /// The namespace of this process; one that cannot be read counts as another than the host's, of
    /// which less is claimed.
    ///
    /// @param proc this process's view of `/proc`
    public static PidNamespace read(Path proc) {
        try {
            var namespace = Files.readSymbolicLink(proc.resolve("self/ns/pid"));
            return new PidNamespace(namespace.toString().equals(FIRST));
        } catch (IOException | UnsupportedOperationException e) {
            return new PidNamespace(false);
        }
    }

    /// This process as the host, and with it the GPU's driver, counts it; empty in a container with
    /// a namespace of its own, which the kernel does not tell.
    public OptionalInt hostPid() {
        return host
                ? OptionalInt.of(Math.toIntExact(ProcessHandle.current().pid()))
                : OptionalInt.empty();
    }
}
