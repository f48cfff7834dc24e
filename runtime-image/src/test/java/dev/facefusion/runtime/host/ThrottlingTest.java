package dev.facefusion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottlingTest {

    private final Throttling throttling = new Throttling();

    @Test
    void isUnknownWithoutALimit() {
        // given
        throttling.percent(0, Cgroup.Cpu.UNKNOWN);

        // when
        var percent = throttling.percent(second(1), Cgroup.Cpu.UNKNOWN);

        // then
        assertThat(percent).isNull();
    }

    @Test
    void isUnknownUntilThereAreTwoReadings() {
        // when
        var percent = throttling.percent(0, cpu(1000, 500));

        // then
        assertThat(percent).isNull();
    }

    @Test
    void isTheShareOfThePeriodsThatPassed() {
        // given
        throttling.percent(0, cpu(1000, 500));

        // when
        var percent = throttling.percent(second(1), cpu(1010, 504));

        // then
        assertThat(percent).isEqualTo(40.0);
    }

    @Test
    void isZeroForAnIdleContainer() {
        // given
        throttling.percent(0, cpu(1000, 500));

        // when
        var percent = throttling.percent(second(1), cpu(1000, 500));

        // then
        assertThat(percent).isZero();
    }

    @Test
    void forgetsWhatIsOlderThanTenSeconds() {
        // given
        throttling.percent(0, cpu(0, 0));
        throttling.percent(second(1), cpu(10, 10));
        for (var at = 2; at <= 10; at++) {
            throttling.percent(second(at), cpu(at * 10L, 10));
        }

        // when
        var percent = throttling.percent(second(11), cpu(110, 10));

        // then
        assertThat(percent).isZero();
    }

    private static long second(int number) {
        return Duration.ofSeconds(number).toNanos();
    }

    private static Cgroup.Cpu cpu(long periods, long throttled) {
        return new Cgroup.Cpu(2.0, 0L, periods, throttled, 0L, null);
    }
}
