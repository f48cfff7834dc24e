package dev.facefusion.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.Poll;
import dev.facefusion.operator.decide.Samples;
import org.junit.jupiter.api.Test;

class HealthReadingTest {
    private static final PodInstance POD = new PodInstance("a", 0);

    @Test
    void changesOnceWhenInferenceHasBeenSlowForLongEnough() {
        // when
        int changes = changes(Samples.latency(3000), 60);

        // then: the first report, and the sign
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void changesOnceWhenMemoryHasBeenFullForLongEnough() {
        // when
        int changes = changes(Samples.memory(95), 60);

        // then
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void changesWithTheProvider() {
        // given
        var well = reading(Samples.report());

        // then
        assertThat(well).isNotEqualTo(reading(Samples.report(Accelerator.FALLBACK)));
    }

    private static HealthReading reading(HealthReport report) {
        return HealthReading.of(POD, Samples.track(new Poll.Answered(report)));
    }

    private static int changes(HealthReport report, int polls) {
        var track = HealthTrack.begin(Samples.NOW);
        var reading = HealthReading.of(POD, track);
        int changes = 0;
        for (int i = 0; i < polls; i++) {
            track =
                    track.after(
                            new Poll.Answered(report),
                            Samples.NOW.plusSeconds(10L * i),
                            Samples.POLICY);
            var next = reading.next(track);
            changes += next.equals(reading) ? 0 : 1;
            reading = next;
        }
        return changes;
    }
}
