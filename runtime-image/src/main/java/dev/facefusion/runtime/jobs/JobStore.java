package dev.facefusion.runtime.jobs;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.queue.Assignment;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The directory of the jobs, which belongs to one process at a time:
///
/// ```
/// lock                 held while the process lives
/// journal.jsonl        what is known of every job
/// files/{id}/source    the files of a job, until it has ended; further sources are source-1, …
/// files/{id}/target
/// files/{id}/result    whole, or not there
/// files/{id}/…         any other name is something unfinished
/// ```
///
/// Names come from ids of ours, never from a request. No method keeps anything in memory.
final class JobStore implements AutoCloseable {

    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String RESULT = "result";

    private final Path directory;
    private final FileChannel lockFile;

    private JobStore(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /// Makes the directory if it is not there and takes it.
    ///
    /// @throws ConfigException if another process has it, or it cannot be written
    static JobStore open(Path directory) {
        try {
            var onlyUs = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(
                    directory.resolve("files"), PosixFilePermissions.asFileAttribute(onlyUs));
            var lockFile =
                    FileChannel.open(
                            directory.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (!lock(lockFile)) {
                lockFile.close();
                throw new ConfigException(
                        "WORK_DIR: %s is in use by another process. Give each process a WORK_DIR of its own."
                                .formatted(directory));
            }
            return new JobStore(directory, lockFile);
        } catch (IOException e) {
            throw new ConfigException(
                    "WORK_DIR: %s cannot be written (%s). Set WORK_DIR to a directory that can."
                            .formatted(directory, e));
        }
    }

    private static boolean lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException _) { // by this very process
            return false;
        }
    }

    Path journal() {
        return directory.resolve("journal.jsonl");
    }

    /// Takes the pictures over. They are on the disk when this returns.
    void adopt(String id, List<Path> sources, Path target) throws IOException {
        var job = Files.createDirectory(job(id));
        for (int i = 0; i < sources.size(); i++) {
            take(sources.get(i), source(id, i));
        }
        take(target, job.resolve(TARGET));
        DurableFile.forceDirectory(job);
        DurableFile.forceDirectory(files());
    }

    Assignment assignment(JobOrder order) {
        var id = order.id();
        var request = new SwapRequest(sources(id), job(id).resolve(TARGET), order.options());
        return order.film() == null
                ? new Assignment.OfPicture(request)
                : new Assignment.OfVideo(request, order.film(), result(id));
    }

    /// Writes a result, which is there whole when this returns, and not at all before.
    void writeResult(String id, byte[] image) throws IOException {
        DurableFile.write(result(id), image);
    }

    boolean hasInputs(String id) {
        return Files.exists(source(id, 0)) && Files.exists(job(id).resolve(TARGET));
    }

    /// Where the result is, if there is one.
    Path result(String id) {
        return job(id).resolve(RESULT);
    }

    /// What there is to say about a result, which is read for that; empty if there is none.
    Optional<Found> findResult(String id) throws IOException {
        try {
            var writtenAt = Files.getLastModifiedTime(result(id)).toInstant();
            return Optional.of(new Found(Files.size(result(id)), sha256(result(id)), writtenAt));
        } catch (NoSuchFileException | NotDirectoryException _) {
            return Optional.empty();
        }
    }

    /// What an engine has written of a result that is not whole.
    long unfinishedBytes(String id) throws IOException {
        var bytes = 0L;
        for (var file : unfinished(id)) {
            try {
                bytes += Files.size(file);
            } catch (NoSuchFileException _) {
                // it is whole now, or given up
            }
        }
        return bytes;
    }

    /// Removes what an engine had begun when its process ended.
    void removeUnfinished(String id) throws IOException {
        for (var file : unfinished(id)) {
            Files.deleteIfExists(file);
        }
    }

    /// @param bytes its length
    record Found(long bytes, String sha256, Instant writtenAt) {}

    void removeInputs(String id) throws IOException {
        for (var source : sources(id)) {
            Files.deleteIfExists(source);
        }
        Files.deleteIfExists(job(id).resolve(TARGET));
    }

    /// Removes every file of a job. What an engine that is about to stop writes meanwhile stays:
    /// remove them again when it has stopped.
    void remove(String id) throws IOException {
        removeAll(job(id));
    }

    /// Removes the files of jobs that nobody knows: their requests never got an answer.
    void removeAllBut(Set<String> ids) throws IOException {
        try (var jobs = Files.list(files())) {
            for (var job : jobs.toList()) {
                if (!ids.contains(job.getFileName().toString())) {
                    removeAll(job);
                }
            }
        }
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static String sha256(Path file) throws IOException {
        var digest = digest();
        try (var content = new DigestInputStream(Files.newInputStream(file), digest)) {
            content.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close(); // and with it the lock
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path files() {
        return directory.resolve("files");
    }

    private Path source(String id, int place) {
        return job(id).resolve(place == 0 ? SOURCE : SOURCE + "-" + place);
    }

    // The first one, and those that are there after it.
    private List<Path> sources(String id) {
        return Stream.concat(
                        Stream.of(source(id, 0)),
                        IntStream.iterate(1, place -> place + 1)
                                .mapToObj(place -> source(id, place))
                                .takeWhile(Files::exists))
                .toList();
    }

    private List<Path> unfinished(String id) throws IOException {
        var known = new HashSet<>(sources(id));
        known.add(job(id).resolve(TARGET));
        known.add(result(id));
        try (var files = Files.list(job(id))) {
            return files.filter(file -> !known.contains(file)).toList();
        } catch (NoSuchFileException _) { // deleted meanwhile
            return List.of();
        }
    }

    private Path job(String id) {
        return files().resolve(id);
    }

    private static void take(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        DurableFile.force(to);
    }

    private static void removeAll(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (var children = Files.list(path)) {
                for (var child : List.copyOf(children.toList())) {
                    removeAll(child);
                }
            } catch (NoSuchFileException _) {
                return; // somebody else removed it
            }
        }
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException _) {
            // An engine has just written there.
        }
    }
}
