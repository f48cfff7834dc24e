package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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

    private FrameRing ring(int workers, int run) {
        return ring(new FrameRing.Plan(workers, run, workers * run + 2), Duration.ofSeconds(20));
    }

    // A frame carries its number in its luma, and the worker leaves its own beside it.
    @ParameterizedTest
    @CsvSource({"1, 1, 100", "1, 16, 5", "2, 1, 101", "3, 4, 250", "4, 16, 70", "2, 8, 0"})
    void handsEveryFrameToOneWorkerAndOnInOrder(int workers, int run, int frames)
            throws InterruptedException {
        var ring = ring(workers, run);
        var threads = new ArrayList<Thread>();
        for (int worker = 0; worker < workers; worker++) {
            int number = worker;
            threads.add(Thread.ofVirtual().start(() -> work(ring, number)));
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
        for (int i = 0; i < frames; i++) {
            assertThat(written.get(i)).isEqualTo(i & 0xFF);
            assertThat(by.get(i)).isEqualTo(i / run % workers);
        }
        assertThat(ring.trouble()).isEmpty();
        assertThat(stops).hasValue(0);
    }

    private static void read(FrameRing ring, int frames) {
        for (int i = 0; i < frames; i++) {
            ring.toRead().orElseThrow().picture().planes()[0] = (byte) i;
            ring.wasRead();
        }
        ring.ended();
    }

    private static void work(FrameRing ring, int worker) {
        var last = OptionalLong.empty();
        for (var taken = ring.toWork(worker, last);
                taken.isPresent();
                taken = ring.toWork(worker, last)) {
            taken.get().frame().picture().planes()[1] = (byte) worker;
            last = OptionalLong.of(taken.get().position());
            ring.wasWorked(taken.get());
        }
    }

    @Test
    void readsNoFurtherThanItHasPlaces() throws InterruptedException {
        var ring = ring(1, 2);
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
        var ring = ring(2, 1);
        var ended = new ConcurrentLinkedQueue<String>();
        var threads =
                List.of(
                        Thread.ofVirtual()
                                .start(() -> {
                                    var _ = ring.toWork(1, OptionalLong.empty());
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
        var ring = ring(new FrameRing.Plan(1, 1, 3), Duration.ofMillis(50));

        assertThat(ring.toWrite()).isEmpty();

        assertThat(ring.trouble()).contains(new Trouble.OutOfTime());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 614400, 16, 18", // 480p fits many times
        "2, 3110400, 14, 30", // 1080p: 31 fit, and two of them are on their way in and out
        "4, 49766400, 1, 6", // 8K: as few as there can be
    })
    void keepsWithinItsMemory(int workers, long frameBytes, int run, int places) {
        var plan = FrameRing.Plan.of(workers, frameBytes, 94L << 20);

        assertThat(plan).isEqualTo(new FrameRing.Plan(workers, run, places));
    }
}
