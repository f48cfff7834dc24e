package dev.facefusion.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.jobs.JobState.Failed;
import dev.facefusion.runtime.jobs.JobState.Queued;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import dev.facefusion.runtime.jobs.JobStore.Found;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final Recovery RECOVERY =
            new Recovery(Jobs.NOON.plusSeconds(60), Duration.ofHours(1));

    @Test
    void letsAJobThatRanRunAgain() {
        // when
        var job = RECOVERY.recover(Jobs.running("a", 1), null, true);

        // then
        assertThat(job.state()).isEqualTo(new Queued());
        assertThat(job.started(Jobs.NOON).attempts()).isEqualTo(2);
    }

    @Test
    void leavesAQueuedJobInItsPlace() {
        // given
        var queued = Jobs.queued("a", 1);

        // then
        assertThat(RECOVERY.recover(queued, null, true)).isSameAs(queued);
    }

    @Test
    void givesUpAfterThreeBeginnings() {
        // given
        var third = Jobs.running("a", 1);
        for (var i = 0; i < 2; i++) {
            third = RECOVERY.recover(third, null, true).started(Jobs.NOON);
        }

        // when
        var job = RECOVERY.recover(third, null, true);

        // then
        assertThat(job.state())
                .isEqualTo(new Failed(Jobs.NOON, RECOVERY.now(), new JobFailure.Interrupted(3)));
    }

    @Test
    void takesAWholeResultForTheEnd() {
        // given
        var written = Jobs.NOON.plusSeconds(30);

        // when
        var job = RECOVERY.recover(Jobs.running("a", 1), new Found(12, "cc", written), true);

        // then
        assertThat(job.state())
                .isEqualTo(
                        new Succeeded(
                                Jobs.NOON.plusSeconds(1),
                                written,
                                new JobResult(
                                        "image/png", 12, "cc", written.plus(Duration.ofHours(1))),
                                null));
    }

    @Test
    void failsWhatIsTooOld() {
        // given
        var tomorrow = new Recovery(Jobs.NOON.plus(Duration.ofHours(24)), Duration.ofHours(1));

        // when
        var job = tomorrow.recover(Jobs.queued("a", 1), null, true);

        // then
        assertThat(job.state())
                .isEqualTo(
                        new Failed(
                                null,
                                tomorrow.now(),
                                new JobFailure.TimedOut(Duration.ofHours(24))));
    }

    @Test
    void failsWhatHasLostItsPictures() {
        // when
        var job = RECOVERY.recover(Jobs.queued("a", 1), null, false);

        // then
        assertThat(job.state())
                .isEqualTo(new Failed(null, RECOVERY.now(), new JobFailure.DiskFailed()));
    }

    @Test
    void leavesAnEndedJobAlone() {
        // given
        var ended = Jobs.running("a", 1).cancelled(Jobs.NOON);

        // then
        assertThat(RECOVERY.recover(ended, null, false)).isSameAs(ended);
    }
}
