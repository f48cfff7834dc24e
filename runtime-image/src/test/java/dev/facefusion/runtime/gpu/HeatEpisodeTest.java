package dev.facefusion.runtime.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class HeatEpisodeTest {

    @Test
    void lastsAfterMoreThanAMinute() {
        assertThat(after(60, _ -> true).lasting()).isFalse();
        assertThat(after(61, _ -> true).lasting()).isTrue();
    }

    @Test
    void isNotEndedByAMomentsPause() {
        assertThat(after(70, second -> second % 14 == 0).lasting()).isTrue();
    }

    @Test
    void isEndedByALongerPause() {
        assertThat(after(75, second -> second <= 61).lasting()).isTrue();
        assertThat(after(76, second -> second <= 61).lasting()).isFalse();
    }

    @Test
    void beginsAnewAfterAPause() {
        assertThat(after(130, second -> second <= 50 || second > 80).lasting()).isFalse();
    }

    /// Looks once a second, the last time at `seconds`.
    private static HeatEpisode after(int seconds, IntPredicate hot) {
        // near the overflow: the clock may start anywhere
        var start = Long.MAX_VALUE - 1_000;
        var episode = HeatEpisode.NONE;
        for (var second = 0; second <= seconds; second++) {
            episode = episode.next(start + Duration.ofSeconds(second).toNanos(), hot.test(second));
        }
        return episode;
    }
}
