package dev.facefusion.runtime.engine.media.ffmpeg;

import dev.facefusion.runtime.priority.Niceness;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// A running `ffmpeg` or `ffprobe`. Its standard error is read all the time, so that it never waits
/// for us to listen.
///
/// Safe to use from several threads.
public final class Child implements AutoCloseable {

    private static final int KILLED = 128;

    private final Process process;
    private final LastLines complaints;
    private final Thread listener;

    /// How a child ended.
    ///
    /// @param status 0 for success; 128 and more for a signal
    /// @param complaints the last lines of its standard error, as one; may be empty
    public record End(int status, String complaints) {

        public boolean succeeded() {
            return status == 0;
        }

        /// It was killed, by us, by the kernel or by its own fault.
        public boolean killed() {
            return status >= KILLED;
        }
    }

    private Child(Process process, LastLines complaints, Thread listener) {
        this.process = process;
        this.complaints = complaints;
        this.listener = listener;
    }

    /// Starts a program, without a shell and without our environment, at a low priority.
    ///
    /// @throws FfmpegException if it does not start
    static Child start(List<String> command) {
        var process = startLowered(command);
        var complaints = new LastLines();
        var listener =
                Thread.ofPlatform()
                        .daemon()
                        .name("ffmpeg-errors")
                        .start(() -> complaints.drain(process.getErrorStream()));
        return new Child(process, complaints, listener);
    }

    // A child has the priority of the thread that starts it, and a thread cannot raise its own
    // again.
    private static Process startLowered(List<String> command) {
        var start =
                new FutureTask<>(() -> {
                    Niceness.lowerThisThread();
                    var builder = new ProcessBuilder(command);
                    builder.environment().clear();
                    return builder.start();
                });
        Thread.ofPlatform().daemon().name("ffmpeg-start").start(start);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return start.get();
                } catch (InterruptedException _) {
                    interrupted = true; // starting takes milliseconds, and must not leave an orphan
                }
            }
        } catch (ExecutionException e) {
            throw new FfmpegException("%s does not start".formatted(command.getFirst()), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// What it writes.
    public InputStream output() {
        return process.getInputStream();
    }

    /// What it reads.
    public OutputStream input() {
        return process.getOutputStream();
    }

    /// Waits for its end.
    ///
    /// @return empty if it still runs after that time
    public Optional<End> end(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            return Optional.empty();
        }
        listener.join(Duration.ofSeconds(1));
        return Optional.of(new End(process.exitValue(), complaints.text()));
    }

    /// Kills it, if it runs, and does not wait. Its streams end.
    public void kill() {
        process.destroyForcibly();
    }

    /// Kills it, if it runs, and sees it gone.
    @Override
    public void close() {
        kill();
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException _) {
                interrupted = true; // a killed process is gone in a moment
            }
        }
        closeQuietly(process.getOutputStream());
        closeQuietly(process.getInputStream());
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (IOException _) {
            // What a dead process did not read is lost either way.
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
