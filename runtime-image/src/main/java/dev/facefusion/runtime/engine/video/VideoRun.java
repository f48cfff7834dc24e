package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.FrameWork;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.YuvCanvas;
import dev.facefusion.runtime.engine.image.YuvConversion;
import dev.facefusion.runtime.engine.image.YuvPicture;
import dev.facefusion.runtime.engine.media.ffmpeg.Child;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.NutReader;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// The frames of one video on their way: decoder, reader, workers, writer, encoder, all at once.
final class VideoRun {

    /// 96 MiB of frames, where at least one for each worker and two more fit: 32 of 1080p.
    private static final long FRAME_BUDGET = 96L << 20;

    /// A process whose pipe broke is at its end, and says why.
    private static final Duration DYING = Duration.ofSeconds(5);

    // As much as a pipe holds: Java copies a larger write through memory that it allocates each
    // time.
    private static final int WRITE_BYTES = 1 << 16;

    private final Ffmpeg ffmpeg;
    private final Job job;
    private final FrameWorks works;
    private final VideoListener listener;
    private final Cancellation cancellation;
    private final Children children;
    private final FrameRing ring;
    private final AtomicLong changed = new AtomicLong();

    // Each is written by one thread, and read once that has ended.
    private Optional<Child.End> decoderEnd = Optional.empty();
    private Optional<Child.End> encoderEnd = Optional.empty();
    private long frames;

    /// @param pictures whose bytes the decoder is fed; empty where it reads a file
    /// @param reference what every worker is shown first
    /// @param deadline by [System#nanoTime]
    record Job(
            VideoPlan.Made plan,
            List<Path> pictures,
            Path unfinished,
            Optional<Picture> reference,
            long deadline) {}

    /// How it went.
    ///
    /// @param decoder how it ended, where that is known
    /// @param frames handed to the encoder
    record Ended(
            Optional<Trouble> trouble,
            Optional<Child.End> decoder,
            Optional<Child.End> encoder,
            long frames,
            long changed) {}

    /// @param children where the processes are added that it starts; killed if it stops early
    VideoRun(
            Ffmpeg ffmpeg,
            Job job,
            FrameWorks works,
            VideoListener listener,
            Cancellation cancellation,
            Children children) {
        this.ffmpeg = ffmpeg;
        this.job = job;
        this.works = works;
        this.listener = listener;
        this.cancellation = cancellation;
        this.children = children;
        var size = job.plan().picturing().size();
        this.ring =
                new FrameRing(
                        FrameRing.Plan.of(
                                works.workers(),
                                works.followsFaces(),
                                works.reach(),
                                YuvPicture.bytes(size.width(), size.height()),
                                FRAME_BUDGET),
                        size.width(),
                        size.height(),
                        job.deadline(),
                        children::kill);
    }

    /// Carries it out. When it returns, its threads have ended; its processes may not.
    Ended run() {
        try (var _ = cancellation.whenCancelled(() -> ring.stop(new Trouble.Stopped()))) {
            var decoder = children.add(ffmpeg.start(job.plan().decode()));
            var threads = new ArrayList<Thread>();
            threads.add(start("video-read", () -> read(decoder)));
            threads.add(start("video-write", this::write));
            if (!job.pictures().isEmpty()) {
                threads.add(start("video-feed", () -> feed(decoder)));
            }
            for (int worker = 1; worker < works.workers(); worker++) {
                int number = worker;
                threads.add(start("video-work-" + worker, () -> work(number)));
            }
            work(0);
            join(threads);
            return new Ended(ring.trouble(), decoderEnd, encoderEnd, frames, changed.get());
        }
    }

    /// A part of the run, on a thread of its own.
    private interface Part {
        void run() throws IOException, InterruptedException;
    }

    private Thread start(String name, Part part) {
        return Thread.ofPlatform().daemon().name(name).start(() -> guarded(part));
    }

    private void guarded(Part part) {
        try {
            part.run();
        } catch (InterruptedException _) {
            ring.stop(new Trouble.Stopped());
        } catch (Throwable e) { // whatever it is, the others must not wait for this one
            ring.stop(new Trouble.Thrown(e));
        }
    }

    // They end by themselves once the ring has stopped or the last frame is through.
    private void join(List<Thread> threads) {
        boolean interrupted = false;
        for (var thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    ring.stop(new Trouble.Stopped());
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Child decoder) throws InterruptedException {
        try {
            var stream = new NutReader(decoder.output());
            for (int size = stream.next(); size >= 0; size = stream.next()) {
                var place = ring.toRead();
                if (place.isEmpty()) {
                    return;
                }
                readInto(place.get(), stream, size);
                ring.wasRead();
            }
            decoderEnd = decoder.end(ring.left());
        } catch (IOException e) {
            decoderEnd = decoder.end(DYING);
            ring.stop(new Trouble.Decoding(e));
            return;
        }
        if (decoderEnd.filter(Child.End::succeeded).isPresent()) {
            ring.ended();
        } else {
            ring.stop(new Trouble.Decoding(new IOException("the decoder failed")));
        }
    }

    private static void readInto(VideoFrame frame, NutReader stream, int size) throws IOException {
        var planes = frame.picture().planes();
        if (size != planes.length) {
            throw new IOException(
                    "a frame of %d bytes instead of %d".formatted(size, planes.length));
        }
        frame.keepHead(stream.between(), stream.betweenLength());
        stream.pixels(planes, size);
    }

    private void feed(Child decoder) throws IOException {
        try (var input = decoder.input()) {
            for (var picture : job.pictures()) {
                var bytes = Files.readAllBytes(picture);
                try {
                    input.write(bytes);
                } catch (IOException _) {
                    return; // The decoder has ended: the reader knows more.
                }
            }
        }
    }

    private void work(int worker) {
        guarded(() -> {
            switch (works.prepare(worker, listener.stages(), cancellation)) {
                case Preparation.Refused(var reason) -> ring.stop(new Trouble.NotReady(reason));
                case Preparation.Ready(var work) -> work(worker, work);
            }
        });
    }

    private void work(int worker, FrameWork work) {
        var clock = new StageClock(listener.stages(), cancellation);
        job.reference().ifPresent(frame -> work.refer(frame, clock));
        var desk = new Desk(job.plan().picturing());
        var turns = ring.turns(worker);
        long ahead = turns.first();
        for (long at = turns.first(); ; at = turns.after(at)) {
            for (; ahead <= turns.horizon(at); ahead = turns.after(ahead)) {
                var frame = ring.toFind(ahead);
                if (frame.isPresent()) {
                    ring.wereFound(ahead, work.find(desk.show(frame.get(), ahead), clock));
                }
            }
            var frame = ring.toWork(at);
            if (frame.isEmpty()) {
                return;
            }
            var canvas = desk.show(frame.get(), at);
            if (!work.apply(canvas, ring.around(at), clock).isEmpty()) {
                changed.incrementAndGet();
            }
            ring.wasWorked(at);
        }
    }

    /// Where a worker has one frame at a time: what was made RGB to find its faces serves the work
    /// on it, unless another one has come in between.
    private static final class Desk {

        private final YuvConversion conversion;
        private Optional<YuvCanvas> canvas = Optional.empty();
        private long shown;

        Desk(Picturing picturing) {
            conversion = new YuvConversion(picturing.yuv());
        }

        Canvas show(VideoFrame frame, long position) {
            var now =
                    canvas.filter(_ -> shown == position)
                            .orElseGet(() -> new YuvCanvas(frame.picture(), conversion));
            canvas = Optional.of(now);
            shown = position;
            return now;
        }
    }

    private void write() throws InterruptedException {
        var next = ring.toWrite();
        if (next.isEmpty()) {
            return;
        }
        var encoder = children.add(ffmpeg.start(job.plan().encode().to(job.unfinished())));
        var meter = new SpeedMeter(job.plan().total(), listener);
        try (var stream = encoder.input()) {
            while (next.isPresent()) {
                write(next.get(), stream);
                ring.wasWritten();
                frames++;
                meter.passed(frames);
                next = ring.toWrite();
            }
        } catch (IOException e) {
            encoderEnd = encoder.end(DYING);
            ring.stop(new Trouble.Encoding(e));
            return;
        }
        if (ring.trouble().isEmpty()) {
            encoderEnd = encoder.end(ring.left());
            if (encoderEnd.isEmpty()) {
                ring.stop(new Trouble.OutOfTime());
            } else if (!encoderEnd.get().succeeded()) {
                ring.stop(new Trouble.Encoding(new IOException("the encoder failed")));
            } else {
                meter.ended(frames);
            }
        }
    }

    private static void write(VideoFrame frame, OutputStream stream) throws IOException {
        stream.write(frame.head(), 0, frame.headLength());
        var planes = frame.picture().planes();
        for (int at = 0; at < planes.length; at += WRITE_BYTES) {
            stream.write(planes, at, Math.min(WRITE_BYTES, planes.length - at));
        }
    }
}
