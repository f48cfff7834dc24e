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
final class UnfinishedFile implements AutoCloseable {

    private final Path path;
    private final Path name;

    private UnfinishedFile(Path path, Path name) {
        this.path = path;
        this.name = name;
    }

    /// Nothing is created yet.
    static UnfinishedFile of(Path name) {
        return new UnfinishedFile(
                name.toAbsolutePath()
                        .resolveSibling(
                                ".%s.%s.part".formatted(name.getFileName(), UUID.randomUUID())),
                name.toAbsolutePath());
    }

    Path path() {
        return path;
    }

    /// Sees it on the disk, and gives it its name.
    void finish() throws IOException {
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
