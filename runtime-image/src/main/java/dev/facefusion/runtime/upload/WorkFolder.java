package dev.facefusion.runtime.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A folder of one process's own among those of others. A lock on a file beside it says that the
/// process lives: the kernel gives it up with the process, however that ends.
final class WorkFolder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WorkFolder.class);

    private static final String LOCK = ".lock";

    private final Path path;
    private final FileChannel lock;

    private WorkFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Makes a folder within another one, and removes the folders there whose processes are gone.
    static WorkFolder claim(Path parent) throws IOException {
        try (var files = Files.list(parent)) {
            for (var file : files.toList()) {
                if (file.toString().endsWith(LOCK)) {
                    removeIfAbandoned(file);
                }
            }
        }
        while (true) {
            var id = UUID.randomUUID().toString();
            var file = parent.resolve(id + LOCK);
            var lock =
                    FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            if (tryLock(lock) && Files.exists(file)) {
                return new WorkFolder(Files.createDirectory(parent.resolve(id)), lock);
            }
            lock.close(); // another process took it for abandoned in the moment before it was
            // locked
        }
    }

    private static void removeIfAbandoned(Path file) throws IOException {
        try (var lock = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (tryLock(lock)) {
                var name = file.getFileName().toString();
                var folder = file.resolveSibling(name.substring(0, name.length() - LOCK.length()));
                delete(folder);
                Files.deleteIfExists(file);
                log.atInfo().addKeyValue("folder", folder).log("Leftover uploads removed");
            }
        } catch (NoSuchFileException _) {
            // another process was quicker
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // held by this very process
        }
    }

    Path path() {
        return path;
    }

    /// Removes a folder with all that is in it; one that is not there is no error.
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (var files = Files.walk(folder)) {
            deepestFirst = files.toList().reversed();
        }
        for (var file : deepestFirst) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        try {
            delete(path);
            Files.deleteIfExists(path.resolveSibling(path.getFileName() + LOCK));
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(path), e);
        }
    }
}
