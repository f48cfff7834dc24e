package dev.facefusion.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    private static final InetAddress ONE = InetAddress.ofLiteral("10.0.0.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.2");

    // Close to where the clock of a machine that has been up for long turns negative.
    private long now = Long.MAX_VALUE - 5;
    private final RequestBudget budget = new RequestBudget(() -> now);

    @Test
    void admitsTenAtOnceAndThenTwoASecond() {
        // when
        var atOnce = admitted(ONE, 100);
        now += Duration.ofSeconds(1).toNanos();
        var aSecondLater = admitted(ONE, 100);
        now += Duration.ofHours(1).toNanos();
        var muchLater = admitted(ONE, 100);

        // then
        assertThat(atOnce).isEqualTo(10);
        assertThat(aSecondLater).isEqualTo(2);
        assertThat(muchLater).isEqualTo(10);
    }

    @Test
    void leavesRoomForOthersDuringAFlood() {
        // given
        admitted(ONE, 100);

        // when
        var other = admitted(OTHER, 1);

        // then
        assertThat(other).isEqualTo(1);
    }

    @Test
    void forgetsWhoHasNotAskedForLong() {
        // given
        admitted(ONE, 100);

        // when
        for (var i = 0; i < 2000; i++) {
            admitted(InetAddress.ofLiteral("10.1.%d.%d".formatted(i / 250, i % 250)), 1);
        }

        // then
        assertThat(admitted(ONE, 1)).isEqualTo(1);
    }

    private long admitted(InetAddress address, int requests) {
        return IntStream.range(0, requests).filter(_ -> budget.admits(address)).count();
    }
}
