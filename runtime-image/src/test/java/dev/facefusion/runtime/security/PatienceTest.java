package dev.facefusion.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void endsWithTheTotalHoweverMuchMoves() {
        // given
        var patience = Patience.atMost(Duration.ofSeconds(10));

        // when
        for (var second = 0; second < 9; second++) {
            patience.begin(second * SECOND);
            patience.end((second + 1) * SECOND, 1_000_000);
        }
        patience.begin(9 * SECOND);

        // then
        assertThat(patience.isOver(10 * SECOND)).isFalse();
        assertThat(patience.isOver(10 * SECOND + 1)).isTrue();
    }

    @Test
    void growsWithWhatMoves() {
        // given
        var patience = Patience.atRate(1000, Duration.ofSeconds(5));

        // when
        patience.begin(0);
        patience.end(4 * SECOND, 3000);
        patience.begin(4 * SECOND);

        // then
        assertThat(patience.isOver(8 * SECOND)).isFalse();
        assertThat(patience.isOver(8 * SECOND + 1)).isTrue();
    }

    @Test
    void doesNotCountTheServersOwnTime() {
        // given
        var patience = Patience.atRate(1000, Duration.ofSeconds(5));

        // when
        patience.begin(0);
        patience.end(SECOND, 1);

        // then
        assertThat(patience.isOver(1000 * SECOND)).isFalse();
        patience.begin(1000 * SECOND);
        assertThat(patience.isOver(1004 * SECOND)).isFalse();
        assertThat(patience.isOver(1005 * SECOND)).isTrue();
    }

    @Test
    void endsAWaitByForce() throws InterruptedException {
        // given
        var patience = Patience.atMost(Duration.ofSeconds(1));

        // when
        patience.begin(0);
        patience.interrupt();

        // then
        assertThat(Thread.interrupted()).isTrue();
        patience.end(1, 0);
        patience.interrupt();
        assertThat(Thread.interrupted()).isFalse();
    }
}
