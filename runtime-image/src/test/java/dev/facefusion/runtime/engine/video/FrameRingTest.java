package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.analyse.Faces;
import dev.facefusion.runtime.engine.geometry.Box;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
class FrameRingTest {

    private final AtomicInteger stops = new AtomicInteger();

    private FrameRing ring(FrameRing.Plan plan, Duration patience) {
        return new FrameRing(
                plan, 2, 2, System.nanoTime() + patience.toNanos(), stops::incrementAndGet);
    }

    private FrameRing ring(int workers, int run, int reach) {
        return ring(
                new FrameRing.Plan(workers, run, reach, workers * run + reach + 2),
                Duration.ofSeconds(20));
    }

    // A frame carries its number in its luma, and the worker leaves its own beside it. Its faces
    // are one of that score.
    @ParameterizedTest
    @CsvSource({
        "1, 1, 0, 100",
        "1, 16, 0, 5",
        "2, 1, 0, 101",
        "2, 2, 0, 101",
        "3, 4, 0, 250",
        "4, 16, 0, 70",
        "2, 8, 0, 0",
        "1, 1, 2, 100",
        "1, 16, 10, 5",
        "2, 1, 10, 101",
        "2, 2, 10, 101",
        "3, 1, 2, 100",
        "3, 4, 2, 250",
        "4, 16, 10, 70",
        "2, 16, 2, 33",
        "2, 8, 2, 0"
    })
    void handsEveryFrameToOneWorkerAndOnInOrder(int workers, int run, int reach, int frames)
            throws InterruptedException {
        var ring = ring(workers, run, reach);
        var around = new ConcurrentHashMap<Long, FaceWindow>();
        var threads = new ArrayList<Thread>();
        for (int worker = 0; worker < workers; worker++) {
            int number = worker;
            threads.add(Thread.ofVirtual().start(() -> work(ring, number, around)));
        }
        threads.add(Thread.ofVirtual().start(() -> read(ring, frames)));

        var written = new ArrayList<Integer>();
        var by = new ArrayList<Integer>();
        for (var next = ring.toWrite(); next.isPresent(); next = ring.toWrite()) {
            var planes = next.get().picture().planes();
            written.add(planes[0] & 0xFF);
            by.add((int) planes[1]);
            ring.wasWritten();
        }
        for (var thread : threads) {
            thread.join();
        }

        assertThat(written).hasSize(frames);
        assertThat(around).hasSize(frames);
        for (int i = 0; i < frames; i++) {
            assertThat(written.get(i)).isEqualTo(i & 0xFF);
            assertThat(by.get(i)).isEqualTo(i / run % workers);
            assertThat(scores(Objects.requireNonNull(around.get((long) i))))
                    .isEqualTo(scoresAround(i, reach, frames));
        }
        assertThat(ring.trouble()).isEmpty();
        assertThat(stops).hasValue(0);
    }

    private static List<List<Double>> scores(FaceWindow window) {
        return window.frames().stream()
                .map(faces -> faces.stream().map(Face::detectorScore).toList())
                .toList();
    }

    private static List<List<Double>> scoresAround(int position, int reach, int frames) {
        return IntStream.rangeClosed(position - reach, position + reach)
                .mapToObj(i -> i < 0 || i >= frames ? List.<Double>of() : List.of((double) i))
                .toList();
    }

    private static void read(FrameRing ring, int frames) {
        for (int i = 0; i < frames; i++) {
            ring.toRead().orElseThrow().picture().planes()[0] = (byte) i;
            ring.wasRead();
        }
        ring.ended();
    }

    private static void work(FrameRing ring, int worker, Map<Long, FaceWindow> around) {
        var turns = ring.turns(worker);
        long ahead = turns.first();
        for (long at = turns.first(); ; at = turns.after(at)) {
            for (; ahead <= turns.horizon(at); ahead = turns.after(ahead)) {
                if (ring.toFind(ahead).isPresent()) {
                    var face = Faces.at(new Box(0, 0, 1, 1), (double) ahead);
                    ring.wereFound(ahead, List.of(face));
                }
            }
            var frame = ring.toWork(at);
            if (frame.isEmpty()) {
                return;
            }
            frame.get().picture().planes()[1] = (byte) worker;
            around.put(at, ring.around(at));
            ring.wasWorked(at);
        }
    }

    @Test
    void findsTheFacesOfAWholeRunFirstWhereFramesDependOnEachOther() {
        var turns = ring(2, 8, 2).turns(1);

        assertThat(turns.first()).isEqualTo(8);
        assertThat(turns.horizon(8)).isEqualTo(15);
        assertThat(turns.horizon(14)).isEqualTo(16);
        assertThat(turns.after(15)).isEqualTo(24);
        assertThat(ring(2, 8, 0).turns(1).horizon(8)).isEqualTo(8);
    }

    @Test
    void worksOnNoFrameBeforeTheFacesAroundItAreKnown() throws InterruptedException {
        var ring = ring(1, 4, 1);
        for (int i = 0; i < 3; i++) {
            var _ = ring.toRead().orElseThrow();
            ring.wasRead();
        }
        var _ = ring.toFind(0).orElseThrow();
        ring.wereFound(0, List.of());
        var _ = ring.toFind(1).orElseThrow();
        var taken = new ConcurrentLinkedQueue<VideoFrame>();
        var worker = Thread.ofPlatform().start(() -> ring.toWork(0).ifPresent(taken::add));
        while (worker.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        ring.wereFound(1, List.of(Faces.at(new Box(0, 0, 1, 1), 0.7)));

        worker.join();
        assertThat(taken).hasSize(1);
        assertThat(scores(ring.around(0))).containsExactly(List.of(), List.of(), List.of(0.7));
        ring.stop(new Trouble.Stopped());
    }

    @Test
    void readsNoFurtherThanItHasPlaces() throws InterruptedException {
        var ring = ring(1, 2, 0);
        var read = new AtomicInteger();
        var reader =
                Thread.ofPlatform()
                        .start(() -> {
                            while (ring.toRead().isPresent()) {
                                ring.wasRead();
                                read.incrementAndGet();
                            }
                        });

        while (reader.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }

        assertThat(read).hasValue(4);
        ring.stop(new Trouble.Stopped());
        reader.join();
    }

    @Test
    void stopsEverybodyOnceForTheFirstReason() throws InterruptedException {
        var ring = ring(2, 1, 0);
        var ended = new ConcurrentLinkedQueue<String>();
        var threads =
                List.of(
                        Thread.ofVirtual()
                                .start(() -> {
                                    var _ = ring.toWork(1);
                                    ended.add("worker");
                                }),
                        Thread.ofVirtual()
                                .start(() -> {
                                    var _ = ring.toWrite();
                                    ended.add("writer");
                                }));

        ring.stop(new Trouble.OutOfTime());
        ring.stop(new Trouble.Stopped());
        for (var thread : threads) {
            thread.join();
        }

        assertThat(ended).containsExactlyInAnyOrder("worker", "writer");
        assertThat(ring.trouble()).contains(new Trouble.OutOfTime());
        assertThat(ring.toRead()).isEmpty();
        assertThat(stops).hasValue(1);
    }

    @Test
    void endsWhenTheTimeIsUp() {
        var ring = ring(new FrameRing.Plan(1, 1, 0, 3), Duration.ofMillis(50));

        assertThat(ring.toWrite()).isEmpty();

        assertThat(ring.trouble()).contains(new Trouble.OutOfTime());
    }

    @ParameterizedTest
    @CsvSource({
        "1, true, 0, 614400, 16, 18", // 480p fits many times
        "2, true, 0, 3110400, 14, 30", // 1080p: 31 fit, and two of them are on their way in and out
        "2, true, 2, 3110400, 13, 30", // two more are looked at ahead
        "4, true, 0, 49766400, 1, 6", // 8K: as few as there can be
        "4, true, 10, 49766400, 1, 16",
        "2, false, 0, 3110400, 2, 6",
        "4, false, 10, 49766400, 1, 16",
    })
    void keepsWithinItsMemory(
            int workers, boolean followsFaces, int reach, long frameBytes, int run, int places) {
        var plan = FrameRing.Plan.of(workers, followsFaces, reach, frameBytes, 94L << 20);

        assertThat(plan).isEqualTo(new FrameRing.Plan(workers, run, reach, places));
    }
}
