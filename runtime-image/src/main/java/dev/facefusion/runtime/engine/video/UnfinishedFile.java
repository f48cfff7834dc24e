package dev.facefusion.runtime.engine.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file beside the one that it will become: under its final name it is whole, or not there.
public final class UnfinishedFile implements AutoCloseable {

    private final Path path;
    private final Path name;

    private UnfinishedFile(Path path, Path name) {
        this.path = path;
        this.name = name;
    }

    /// Nothing is created yet. Until it has its name it is called `.facefusion-….part`, in the same
    /// folder: a name made of the final one could be longer than the 255 bytes that there may be.
    public static UnfinishedFile of(Path name) {
        return new UnfinishedFile(
                name.toAbsolutePath()
                        .resolveSibling(".facefusion-%s.part".formatted(UUID.randomUUID())),
                name.toAbsolutePath());
    }

    /// Where to write it.
    public Path path() {
        return path;
    }

    /// Sees it on the disk, and gives it its name; a file of that name is replaced, a folder is
    /// not.
    ///
    /// @throws IOException if it cannot
    public void finish() throws IOException {
        force(path, StandardOpenOption.WRITE);
        Files.move(path, name, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(name.resolveSibling("."), StandardOpenOption.READ);
    }

    private static void force(Path path, StandardOpenOption mode) throws IOException {
        try (var channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /// Removes it, unless it has its name.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be removed".formatted(path), e);
        }
    }
}
