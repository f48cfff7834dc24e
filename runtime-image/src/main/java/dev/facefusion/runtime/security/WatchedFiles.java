package dev.facefusion.runtime.security;

import dev.facefusion.runtime.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one or more files mean together, read again when their content changes. Files that cannot
/// be read or used leave the last good value in force and are logged once.
///
/// Content is compared, not times, links or inodes: Kubernetes replaces a mounted Secret by moving
/// a symbolic link two directories up, and a change of certificate and key that is seen half-way is
/// merely read again.
public final class WatchedFiles<T> implements Supplier<T>, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WatchedFiles.class);

    private final String what;
    private final List<Path> files;
    private final Function<List<byte[]>, T> read;
    private final Consumer<T> changed;
    private final AtomicReference<T> value;
    private final Thread thread;
    private List<byte[]> seen;
    private boolean readable = true;

    private WatchedFiles(
            String what,
            List<Path> files,
            Function<List<byte[]>, T> read,
            Consumer<T> changed,
            Duration period) {
        this.what = what;
        this.files = List.copyOf(files);
        this.read = read;
        this.changed = changed;
        this.seen = contents();
        this.value = new AtomicReference<>(first());
        this.thread = Thread.ofVirtual().name("watch-" + what).unstarted(() -> watch(period));
    }

    /// Reads the files and begins to watch them.
    ///
    /// @param what they are, for the log
    /// @param read makes the value from the files' contents, in their order; throws
    ///   [IllegalArgumentException] if it cannot, with a message that gives no content away
    /// @param changed is told each new value
    /// @throws ConfigException if the files cannot be used now
    public static <T> WatchedFiles<T> open(
            String what,
            List<Path> files,
            Duration period,
            Function<List<byte[]>, T> read,
            Consumer<T> changed) {
        var watched = new WatchedFiles<>(what, files, read, changed, period);
        watched.thread.start();
        return watched;
    }

    @Override
    public T get() {
        return value.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch(Duration period) {
        try {
            while (true) {
                Thread.sleep(period);
                look();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void look() {
        try {
            var now = contents();
            readable = true;
            if (!same(seen, now)) {
                seen = now;
                var next = read.apply(now);
                value.set(next);
                changed.accept(next);
                log.atInfo().addKeyValue("files", what).log("Files reloaded");
            }
        } catch (ConfigException e) {
            if (readable) {
                readable = false;
                keepsOld(e);
            }
        } catch (RuntimeException e) {
            keepsOld(e);
        }
    }

    private void keepsOld(RuntimeException why) {
        log.atError()
                .addKeyValue("files", what)
                .addKeyValue("reason", why.getMessage())
                .log("Changed files cannot be used, the last good ones stay in force");
    }

    private T first() {
        try {
            return read.apply(seen);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "%s (%s) cannot be used: %s."
                            .formatted(files.getFirst(), what, e.getMessage()));
        }
    }

    private List<byte[]> contents() {
        var contents = new ArrayList<byte[]>();
        for (var file : files) {
            try {
                contents.add(Files.readAllBytes(file));
            } catch (IOException e) {
                throw new ConfigException(
                        "%s (%s) cannot be read: %s. Check that the path is right and that the process may read it."
                                .formatted(file, what, e));
            }
        }
        return contents;
    }

    private static boolean same(List<byte[]> one, List<byte[]> other) {
        for (var i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }
}
