package dev.facefusion.runtime.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CancellationTest {

    private final Cancellation cancellation = new Cancellation();

    @Test
    void stopsWhatIsHookedOnce() {
        // given
        var stops = new AtomicInteger();
        var _ = cancellation.whenCancelled(stops::incrementAndGet);

        // when
        cancellation.cancel();
        cancellation.cancel();

        // then
        assertThat(stops).hasValue(1);
    }

    @Test
    void stopsAtOnceWhatIsHookedTooLate() {
        // given
        var stops = new AtomicInteger();
        cancellation.cancel();

        // when
        var _ = cancellation.whenCancelled(stops::incrementAndGet);

        // then
        assertThat(stops).hasValue(1);
    }

    @Test
    void leavesAloneWhatIsOver() {
        // given
        var stops = new AtomicInteger();
        cancellation.whenCancelled(stops::incrementAndGet).close();

        // when
        cancellation.cancel();

        // then
        assertThat(stops).hasValue(0);
    }

    @Test
    void neverRunsAHookAfterItIsClosed() throws Exception {
        for (var round = 0; round < 1_000; round++) {
            // given
            var raced = new Cancellation();
            var closed = new CountDownLatch(1);
            var late = new AtomicInteger();
            var hook = raced.whenCancelled(() -> late.addAndGet(closed.getCount() == 0 ? 1 : 0));

            // when
            var canceller = Thread.ofVirtual().start(raced::cancel);
            hook.close();
            closed.countDown();
            canceller.join();

            // then
            assertThat(late).hasValue(0);
        }
    }

    @Test
    void beginsNoStageOfACancelledTask() {
        // given
        var heard = new ArrayList<Stage>();
        var clock = new StageClock((stage, _) -> heard.add(stage), cancellation);
        clock.time(Stage.DECODE, Duration.ZERO::isZero);

        // when
        cancellation.cancel();

        // then
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> clock.time(Stage.DETECT, Duration.ZERO::isZero));
        assertThat(heard).containsExactly(Stage.DECODE);
    }
}
