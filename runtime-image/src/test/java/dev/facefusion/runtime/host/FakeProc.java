package dev.facefusion.runtime.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A `/proc` and a `/sys/fs/cgroup` below one folder.
record FakeProc(Path folder) {

    Path proc() {
        return folder.resolve("proc");
    }

    /// @param name such as `cpu.max`, below `/sys/fs/cgroup`
    FakeProc group(String name, String content) {
        return write(folder.resolve("sys/fs/cgroup").resolve(name), content);
    }

    /// @param name such as `self/cgroup`, below `/proc`
    FakeProc proc(String name, String content) {
        return write(proc().resolve(name), content);
    }

    /// A process in the group `path` of version 2, whose hierarchy is mounted from `root` down.
    FakeProc version2(String root, String path) {
        return proc("self/cgroup", "0::%s\n".formatted(path))
                .proc(
                        "self/mountinfo",
                        "29 23 0:26 %s %s rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n"
                                .formatted(root, folder.resolve("sys/fs/cgroup")));
    }

    /// The same of version 1, with the CPU time in a hierarchy of its own.
    FakeProc version1(String root, String path) {
        return proc(
                        "self/cgroup",
                        """
                        4:memory:%1$s
                        2:cpuacct:%1$s
                        1:cpu,cpuset:%1$s
                        0::/
                        """
                                .formatted(path))
                .proc(
                        "self/mountinfo",
                        """
                        31 23 0:28 / %2$s rw,relatime - tmpfs tmpfs rw,mode=755
                        32 31 0:29 %1$s %2$s/cpu rw,relatime - cgroup cgroup rw,cpu,cpuset
                        33 31 0:30 %1$s %2$s/cpuacct rw,relatime - cgroup cgroup rw,cpuacct
                        35 31 0:32 %1$s %2$s/memory rw,relatime shared:9 - cgroup cgroup rw,memory
                        41 31 0:38 / %2$s/unified rw,relatime - cgroup2 cgroup2 rw
                        """
                                .formatted(root, folder.resolve("sys/fs/cgroup")));
    }

    private FakeProc write(Path file, String content) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
