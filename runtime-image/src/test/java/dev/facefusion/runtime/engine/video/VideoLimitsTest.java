package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VideoLimitsTest {

    @Test
    void countsFramesThatAreLookedAtAheadAsMemory() {
        var limits = new VideoLimits(1, Duration.ZERO, 8000, Duration.ZERO);

        assertThat(limits.reaching(0)).isEqualTo(limits);
        assertThat(limits.reaching(2)).isEqualTo(limits);
        assertThat(limits.reaching(10).maxPixels()).isEqualTo(4000);
    }
}
