package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Hands the frames of a video from one reader to some workers to one writer, in order, over a
/// fixed number of places: whoever is ahead waits.
///
/// Position `p` lies in place `p` modulo their number. The workers take turns of `run` consecutive
/// frames, so that each can follow what moves: the worker of a frame depends on its position alone,
/// and not on who is quick. A place belongs to the reader, then to that worker, who finds its faces
/// and later works on it, then to the writer, then to the reader again; only its owner touches it.
///
/// A frame may be worked on when the faces of it and of `reach` frames before and after it have
/// been found, by whomever: they are shared here, until the last frame that may ask for them is
/// written.
///
/// Cannot lock up. The oldest frame that is left waits for the faces of frames that fit into the
/// ring beside it, and for nothing else. Whoever has these is at a frame no older: they are within
/// its horizon, so that it finds them before it waits for others.
final class FrameRing {

    private enum Owner {
        READER,
        FINDER,
        WORKER,
        WRITER
    }

    private static final long NOT_YET = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<VideoFrame> places;
    private final Owner[] owners;
    private final List<Optional<List<Face>>> found;
    private final Plan plan;
    private final long deadline;
    private final Runnable whenStopped;

    private long read;
    private long written;
    private long end = NOT_YET;
    private Optional<Trouble> trouble = Optional.empty();

    /// Which frames go to whom.
    ///
    /// @param run how many frames in a row one worker gets
    /// @param reach how many frames before and after one must have been looked at to work on it
    /// @param places as many as the workers' runs and the reach together, and at least one more
    record Plan(int workers, int run, int reach, int places) {

        /// A run in which faces are followed.
        private static final int LONG_RUN = 16;

        /// Any other: of few frames many are still in the processor's caches.
        private static final int SHORT_RUN = 2;

        /// @param followsFaces whether a frame is less work after the one before it
        /// @param frameBytes of one frame
        /// @param budget for all of them, in bytes, where the smallest plan fits
        static Plan of(int workers, boolean followsFaces, int reach, long frameBytes, long budget) {
            long affordable = budget / frameBytes;
            int run =
                    Math.clamp(
                            (affordable - reach - 2) / workers,
                            1,
                            followsFaces ? LONG_RUN : SHORT_RUN);
            return new Plan(workers, run, reach, workers * run + reach + 2);
        }
    }

    /// The frames of one worker.
    record Turns(int worker, Plan plan) {

        long first() {
            return (long) worker * plan.run();
        }

        long after(long position) {
            long next = position + 1;
            return next % plan.run() == 0 ? next + (long) (plan.workers() - 1) * plan.run() : next;
        }

        /// The last position up to which it finds the faces of its frames before it works on this
        /// one. Where frames depend on each other, that is at least the end of its run: who has the
        /// next one needs the last faces of this one at once, or nobody works beside it.
        long horizon(long position) {
            long end = position - position % plan.run() + plan.run() - 1;
            return plan.reach() == 0 ? position : Math.max(end, position + plan.reach());
        }
    }

    /// @param deadline by [System#nanoTime]
    /// @param whenStopped called once, by whoever stops the ring; quick
    FrameRing(Plan plan, int width, int height, long deadline, Runnable whenStopped) {
        this.plan = plan;
        this.deadline = deadline;
        this.whenStopped = whenStopped;
        this.owners = new Owner[plan.places()];
        var frames = new ArrayList<VideoFrame>();
        for (int i = 0; i < plan.places(); i++) {
            frames.add(new VideoFrame(width, height));
            owners[i] = Owner.READER;
        }
        this.places = List.copyOf(frames);
        this.found =
                new ArrayList<>(
                        Collections.nCopies(plan.places() + 2 * plan.reach(), Optional.empty()));
    }

    Turns turns(int worker) {
        return new Turns(worker, plan);
    }

    /// The next place to read into. Empty when the ring was stopped.
    Optional<VideoFrame> toRead() {
        return take(read, Owner.READER);
    }

    void wasRead() {
        pass(read, Owner.FINDER);
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

    /// A worker's frame to find the faces of. Empty when there is none, or the ring was stopped.
    Optional<VideoFrame> toFind(long position) {
        return take(position, Owner.FINDER);
    }

    void wereFound(long position, List<Face> faces) {
        lock.lock();
        try {
            setFound(position, Optional.of(faces));
            owners[place(position)] = Owner.WORKER;
            if (plan.reach() > 0) { // otherwise only this worker waits for it, and it is here
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// A worker's frame to work on, when the faces around it are known. Empty when there is none,
    /// or the ring was stopped.
    Optional<VideoFrame> toWork(long position) {
        return take(position, Owner.WORKER);
    }

    /// The faces around a frame that is being worked on.
    FaceWindow around(long position) {
        lock.lock();
        try {
            var frames = new ArrayList<List<Face>>(2 * plan.reach() + 1);
            for (long near = position - plan.reach(); near <= position + plan.reach(); near++) {
                frames.add(isFrame(near) ? found(near).orElseThrow() : List.of());
            }
            return new FaceWindow(frames);
        } finally {
            lock.unlock();
        }
    }

    void wasWorked(long position) {
        pass(position, Owner.WRITER);
    }

    /// The next frame to write. Empty after the last one, or when the ring was stopped.
    Optional<VideoFrame> toWrite() {
        return take(written, Owner.WRITER);
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

    private Optional<VideoFrame> take(long position, Owner mine) {
        var end = Optional.<Trouble>empty();
        lock.lock();
        try {
            while (trouble.isEmpty() && position < this.end) {
                if (mayTake(position, mine)) {
                    return Optional.of(places.get(place(position)));
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
        return owners[place(position)] == mine
                && switch (mine) {
                    case READER, WRITER -> true;
                    case FINDER -> position < read;
                    case WORKER -> position < read && allFoundAround(position);
                };
    }

    private boolean allFoundAround(long position) {
        for (long near = position - plan.reach(); near <= position + plan.reach(); near++) {
            if (isFrame(near) && found(near).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean isFrame(long position) {
        return position >= 0 && position < end;
    }

    // There is a slot for each position that can be asked for at a time, from the reach behind the
    // oldest place to the reach past the newest.
    private Optional<List<Face>> found(long position) {
        return found.get((int) (position % found.size()));
    }

    private void setFound(long position, Optional<List<Face>> faces) {
        found.set((int) (position % found.size()), faces);
    }

    private void pass(long position, Owner next) {
        lock.lock();
        try {
            owners[place(position)] = next;
            switch (next) {
                case FINDER -> read++;
                case WORKER, WRITER -> {}
                case READER -> {
                    if (written >= plan.reach()) {
                        setFound(written - plan.reach(), Optional.empty());
                    }
                    written++;
                }
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
