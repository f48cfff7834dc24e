package dev.facefusion.runtime.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long one direction of a connection may keep the server waiting: `grace`, and one second more
/// for every `bytesPerSecond` bytes that moved. Only the time that the server really waits counts,
/// so that its own slowness is never held against a client.
///
/// Times are those of [System#nanoTime].
public final class Patience {

    private static final int WITHOUT_RATE = 0;
    private static final double NANOS_PER_SECOND = 1e9;

    private final long graceNanos;
    private final int bytesPerSecond;
    private long waitedNanos;
    private long waitingSince;
    private @Nullable Thread waiting;
    private long bytes;

    private Patience(Duration grace, int bytesPerSecond) {
        this.graceNanos = grace.toNanos();
        this.bytesPerSecond = bytesPerSecond;
    }

    /// So long in all, however much moves.
    public static Patience atMost(Duration total) {
        return new Patience(total, WITHOUT_RATE);
    }

    /// So long without enough bytes.
    public static Patience atRate(int bytesPerSecond, Duration grace) {
        return new Patience(grace, bytesPerSecond);
    }

    /// The server begins to wait for the client, in this thread.
    public synchronized void begin(long now) {
        waiting = Thread.currentThread();
        waitingSince = now;
    }

    /// The wait is over: so many bytes moved.
    public synchronized void end(long now, int moved) {
        waiting = null;
        waitedNanos += now - waitingSince;
        bytes += moved;
    }

    /// Whether the client is too slow: always false while the server waits for nothing.
    public synchronized boolean isOver(long now) {
        return waiting != null && waitedNanos + now - waitingSince > allowedNanos();
    }

    /// Ends the wait by force, if the server waits.
    public synchronized void interrupt() {
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    /// Whether anything moved at all.
    public synchronized boolean moved() {
        return bytes > 0;
    }

    private long allowedNanos() {
        return bytesPerSecond == WITHOUT_RATE
                ? graceNanos
                : graceNanos + (long) (bytes * NANOS_PER_SECOND / bytesPerSecond);
    }
}
