package dev.facefusion.runtime.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A file whose writes are on the disk when they are done.
final class DurableFile implements JournalFile {

    private static final String NEW = ".new";

    private final Path path;
    private FileChannel channel;
    private long length;

    private DurableFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Opens a file, which is empty until the first [#replace] if it is new.
    static DurableFile open(Path path) throws IOException {
        var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var file = new DurableFile(path, channel);
        file.length = channel.size();
        return file;
    }

    /// Writes a new file that is there whole or not at all.
    static void write(Path path, byte[] content) throws IOException {
        var unfinished = path.resolveSibling(path.getFileName() + NEW);
        try (var channel =
                FileChannel.open(
                        unfinished,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            writeAll(channel, content, 0);
            channel.force(true);
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        forceDirectory(path.resolveSibling("."));
    }

    /// Makes the names in a directory survive the loss of power.
    static void forceDirectory(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void force(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    @Override
    public void append(byte[] lines) throws IOException {
        try {
            writeAll(channel, lines, length);
            channel.force(false);
            length += lines.length;
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
    }

    @Override
    public void replace(byte[] content) throws IOException {
        write(path, content);
        var replaced = channel;
        channel = FileChannel.open(path, StandardOpenOption.WRITE);
        length = content.length;
        replaced.close();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void cutBack(IOException cause) {
        try {
            channel.truncate(length);
        } catch (IOException e) {
            // Half a line at the end is what a reader expects after a crash anyway; the next write
            // goes over it.
            cause.addSuppressed(e);
        }
    }

    private static void writeAll(FileChannel channel, byte[] content, long position)
            throws IOException {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
        }
    }
}
