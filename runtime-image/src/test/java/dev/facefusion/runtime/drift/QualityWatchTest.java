package dev.facefusion.runtime.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class QualityWatchTest {

    private static final SelfTestResult PASSED = SelfTestResult.passed(OptionalDouble.of(51));
    private static final SelfTestResult BLACK = SelfTestResult.failed(Fault.BLACK_OUTPUT);

    private final QualityWatch watch =
            new QualityWatch(
                    new DriftSettings(
                            true, Duration.ofSeconds(60), 0, Duration.ofHours(1), Optional.empty()),
                    InstantSource.system());

    @Test
    void keepsAWorkersFaultWhenAnotherWorkerPasses() {
        // when
        watch.tested("first", BLACK);
        watch.tested("second", PASSED);

        // then
        assertThat(watch.figures().selfTest()).isEqualTo(BLACK);
    }

    @Test
    void forgetsAWorkersFaultWhenItPasses() {
        // given
        watch.tested("first", BLACK);
        watch.tested("second", PASSED);

        // when
        watch.tested("first", PASSED);

        // then
        assertThat(watch.figures().selfTest()).isEqualTo(PASSED);
    }
}
