package dev.facefusion.runtime.engine.video;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Hands the frames of a video from one reader to some workers to one writer, in order, over a
/// fixed number of places: whoever is ahead waits.
///
/// Position `p` lies in place `p` modulo their number. The workers take turns of `run` consecutive
/// frames, so that each can follow what moves: the worker of a frame depends on its position alone,
/// and not on who is quick. A place belongs to the reader, then to that worker, then to the writer,
/// then to the reader again; only its owner touches it.
///
/// Cannot lock up: the oldest frame on its way always belongs to someone who waits for nobody else.
final class FrameRing {

    private enum Owner {
        READER,
        WORKER,
        WRITER
    }

    private static final long NOT_YET = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<VideoFrame> places;
    private final Owner[] owners;
    private final int workers;
    private final int run;
    private final long deadline;
    private final Runnable whenStopped;

    private long read;
    private long written;
    private long end = NOT_YET;
    private Optional<Trouble> trouble = Optional.empty();

    /// Which frames go to whom.
    ///
    /// @param places at least one more than the workers' runs together
    /// @param run how many frames in a row one worker gets
    record Plan(int workers, int run, int places) {

        /// Many frames in a row as long as they are small.
        ///
        /// @param frameBytes of one frame
        /// @param budget for all of them, in bytes, where the smallest plan fits
        static Plan of(int workers, long frameBytes, long budget) {
            long affordable = budget / frameBytes;
            int run = Math.clamp((affordable - 2) / workers, 1, 16);
            return new Plan(workers, run, workers * run + 2);
        }
    }

    /// @param deadline by [System#nanoTime]
    /// @param whenStopped called once, by whoever stops the ring; quick
    FrameRing(Plan plan, int width, int height, long deadline, Runnable whenStopped) {
        this.workers = plan.workers();
        this.run = plan.run();
        this.deadline = deadline;
        this.whenStopped = whenStopped;
        this.owners = new Owner[plan.places()];
        var frames = new ArrayList<VideoFrame>();
        for (int i = 0; i < plan.places(); i++) {
            frames.add(new VideoFrame(width, height));
            owners[i] = Owner.READER;
        }
        this.places = List.copyOf(frames);
    }

    /// A frame on its way.
    record Taken(VideoFrame frame, long position) {}

    /// The next place to read into. Empty when the ring was stopped.
    Optional<VideoFrame> toRead() {
        return take(read, Owner.READER).map(Taken::frame);
    }

    void wasRead() {
        pass(read, Owner.WORKER);
    }

    /// No more frames come.
    void ended() {
        lock.lock();
        try {
            end = read;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A worker's next frame. Empty when there is none left for it, or the ring was stopped.
    ///
    /// @param last the worker's last position, empty at first
    Optional<Taken> toWork(int worker, OptionalLong last) {
        return take(next(worker, last), Owner.WORKER);
    }

    private long next(int worker, OptionalLong last) {
        if (last.isEmpty()) {
            return (long) worker * run;
        }
        long next = last.getAsLong() + 1;
        return next % run == 0 ? next + (long) (workers - 1) * run : next;
    }

    void wasWorked(Taken taken) {
        pass(taken.position(), Owner.WRITER);
    }

    /// The next frame to write. Empty after the last one, or when the ring was stopped.
    Optional<VideoFrame> toWrite() {
        return take(written, Owner.WRITER).map(Taken::frame);
    }

    void wasWritten() {
        pass(written, Owner.READER);
    }

    /// Has everybody end, for the given reason if there was none yet.
    void stop(Trouble reason) {
        boolean first;
        lock.lock();
        try {
            first = trouble.isEmpty();
            if (first) {
                trouble = Optional.of(reason);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (first) {
            whenStopped.run();
        }
    }

    Optional<Trouble> trouble() {
        lock.lock();
        try {
            return trouble;
        } finally {
            lock.unlock();
        }
    }

    /// What is left of the time.
    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private Optional<Taken> take(long position, Owner mine) {
        var end = Optional.<Trouble>empty();
        lock.lock();
        try {
            while (trouble.isEmpty() && position < this.end) {
                if (mayTake(position, mine)) {
                    return Optional.of(new Taken(places.get(place(position)), position));
                }
                if (changed.awaitNanos(left().toNanos()) <= 0 && left().isZero()) {
                    end = Optional.of(new Trouble.OutOfTime());
                    break;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            end = Optional.of(new Trouble.Stopped());
        } finally {
            lock.unlock();
        }
        end.ifPresent(this::stop);
        return Optional.empty();
    }

    // Before its frame is read, a place may still hold an older one, of another worker.
    private boolean mayTake(long position, Owner mine) {
        return owners[place(position)] == mine && (mine != Owner.WORKER || position < read);
    }

    private void pass(long position, Owner next) {
        lock.lock();
        try {
            owners[place(position)] = next;
            switch (next) {
                case WORKER -> read++;
                case WRITER -> {}
                case READER -> written++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int place(long position) {
        return (int) (position % owners.length);
    }
}
