package dev.facefusion.runtime.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Where the kernel keeps the figures of this process's control group for one controller.
///
/// The folder is put together from `/proc/self/cgroup`, which names the group within the whole
/// hierarchy, and `/proc/self/mountinfo`, which says what part of the hierarchy is mounted where. A
/// container with a namespace of its own finds its group at the mount point itself, one without at
/// the path that the host uses, and a process on a host somewhere below.
///
/// @param version of the interface, 1 or 2
/// @param folders of the process's group and of those above it as far as they are mounted: a limit
///   anywhere on the way binds
record CgroupFolders(int version, List<Path> folders) {

    CgroupFolders {
        folders = List.copyOf(folders);
    }

    /// @param root where the group's hierarchy begins, as the mount shows it
    private record Mount(int version, String root, Path point) {}

    /// The folders for a controller such as `memory`. Version 1 goes first: where both are mounted,
    /// it has the controllers.
    ///
    /// @param proc this process's view of `/proc`
    static Optional<CgroupFolders> find(Path proc, String controller) {
        return version1(proc, controller).or(() -> version2(proc));
    }

    private static Optional<CgroupFolders> version1(Path proc, String controller) {
        return group(proc, field -> List.of(field.split(",", -1)).contains(controller))
                .flatMap(path -> mount(proc, 1, controller).map(mount -> folders(mount, path)));
    }

    private static Optional<CgroupFolders> version2(Path proc) {
        return group(proc, String::isEmpty)
                .flatMap(path -> mount(proc, 2, "").map(mount -> folders(mount, path)));
    }

    // `4:memory:/kubepods/pod1` in version 1, `0::/kubepods/pod1` in version 2.
    private static Optional<String> group(Path proc, Predicate<String> controllers) {
        return new KernelFile(proc.resolve("self/cgroup"))
                .lines().stream()
                        .map(line -> line.split(":", 3))
                        .filter(part -> part.length == 3 && controllers.test(part[1]))
                        .map(part -> part[2])
                        .findFirst();
    }

    // `35 31 0:32 /root /point rw,relatime … - cgroup cgroup rw,memory`
    private static Optional<Mount> mount(Path proc, int version, String controller) {
        return new KernelFile(proc.resolve("self/mountinfo"))
                .lines().stream()
                        .map(line -> line.split(" - ", 2))
                        .filter(half -> half.length == 2 && serves(half[1], version, controller))
                        .map(half -> half[0].split(" ", -1))
                        .filter(part -> part.length > 4)
                        .map(part -> new Mount(version, plain(part[3]), Path.of(plain(part[4]))))
                        .findFirst();
    }

    private static boolean serves(String fileSystem, int version, String controller) {
        var part = fileSystem.split(" ", -1);
        return version == 2
                ? part[0].equals("cgroup2")
                : part[0].equals("cgroup")
                        && part.length > 2
                        && List.of(part[2].split(",", -1)).contains(controller);
    }

    private static CgroupFolders folders(Mount mount, String group) {
        var point = mount.point();
        var folders = new ArrayList<Path>();
        for (var folder = point.resolve(below(mount.root(), group)).normalize();
                folder != null && folder.startsWith(point);
                folder = folder.getParent()) {
            folders.add(folder);
        }
        return new CgroupFolders(mount.version(), folders);
    }

    // A group outside of what is mounted is that of a container whose own group is the mount's.
    private static String below(String root, String group) {
        if (root.equals("/")) {
            return group.substring(1);
        }
        return group.startsWith(root + "/") ? group.substring(root.length() + 1) : "";
    }

    private static String plain(String escaped) {
        return escaped.replace("\\040", " ").replace("\\134", "\\");
    }
}
