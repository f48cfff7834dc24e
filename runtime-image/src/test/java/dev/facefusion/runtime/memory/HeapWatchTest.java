package dev.facefusion.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HeapWatchTest {

    private final Thread.UncaughtExceptionHandler before =
            Thread.getDefaultUncaughtExceptionHandler();
    private final HeapWatch heap = new HeapWatch();

    @AfterEach
    void hearNoMore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void hearsOfAFullHeapAndOfNothingElse() {
        heap.seen(new IllegalStateException("a defect"));
        assertThat(heap.full()).isNotDone();

        heap.seen(new OutOfMemoryError("on purpose"));
        assertThat(heap.full()).isDone();
    }

    @Test
    void hearsOfAThreadThatEndsByIt() throws Exception {
        // given
        heap.watchThreads();

        // when
        Thread.ofVirtual().start(HeapWatchTest::fill).join();

        // then
        assertThat(heap.full()).isDone();
    }

    @Test
    void hearsOfAChoreThatFilledIt() throws Exception {
        // given
        heap.watchThreads();
        try (var timer = Executors.newSingleThreadScheduledExecutor()) {

            // when
            var chore =
                    timer.scheduleWithFixedDelay(
                            new Chore(HeapWatchTest::fill), 0, 1, TimeUnit.MILLISECONDS);

            // then: the timer keeps it to itself
            assertThatExceptionOfType(ExecutionException.class).isThrownBy(chore::get);
            assertThat(heap.full()).isDone();
        }
    }

    private static void fill() {
        throw new OutOfMemoryError("on purpose");
    }
}
