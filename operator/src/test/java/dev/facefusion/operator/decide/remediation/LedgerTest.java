package dev.facefusion.operator.decide.remediation;

import static dev.facefusion.operator.decide.remediation.Patient.MINUTE;
import static dev.facefusion.operator.decide.remediation.Patient.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void findsTheOpenTreatmentOfAPod() {
        // given
        var ended = treatment("a", Stage.FAILED, HOUR);
        var open = treatment("a", Stage.ACTING, MINUTE);
        var ledger = ledger(ended, open, treatment("b", Stage.SUCCEEDED, MINUTE));

        // then
        assertThat(ledger.open()).containsExactly(open);
        assertThat(ledger.open("a-uid")).contains(open);
        assertThat(ledger.open("b-uid")).isEmpty();
    }

    @Test
    void tellsOfLateTreatmentsTheNewestFirst() {
        // given
        var older = treatment("a", Stage.FAILED, HOUR.minusMillis(1));
        var newer = treatment("a", Stage.SUCCEEDED, MINUTE);
        var ledger =
                ledger(
                        treatment("a", Stage.FAILED, HOUR),
                        older,
                        newer,
                        treatment("a", Stage.ABANDONED, MINUTE));

        // then
        assertThat(ledger.lately(HOUR, NOW)).containsExactly(newer, older);
    }

    @Test
    void forgetsWhatEndedBeforeTheWindow() {
        // given
        var open = treatment("a", Stage.RECOVERING, HOUR.multipliedBy(2));
        var within = treatment("b", Stage.FAILED, HOUR.minusMillis(1));
        var ledger = ledger(open, treatment("c", Stage.FAILED, HOUR), within);

        // then
        assertThat(ledger.pruned(HOUR, NOW).treatments()).containsExactly(open, within);
    }

    @Test
    void keepsTheStorm() {
        // given
        var storm = Optional.of(new Storm(NOW, Optional.empty()));

        // then
        assertThat(new Ledger(storm, List.of()).pruned(HOUR, NOW).storm()).isEqualTo(storm);
    }

    @Test
    void forgetsTheOldestThatAreOverWhereTheStatusIsFull() {
        // given
        var all = new ArrayList<Treatment>();
        all.add(treatment("open", Stage.ACTING, MINUTE));
        for (int i = 0; i < Ledger.MAX_TREATMENTS + 1; i++) {
            all.add(treatment("pod-" + i, Stage.SUCCEEDED, MINUTE));
        }

        // when
        var kept = new Ledger(Optional.empty(), all).pruned(HOUR, NOW).treatments();

        // then: the open one, and pods 2 to 32
        assertThat(kept).hasSize(32);
        assertThat(kept.getFirst().pod().name()).isEqualTo("open");
        assertThat(kept.get(1).pod().name()).isEqualTo("pod-2");
        assertThat(kept.getLast().pod().name()).isEqualTo("pod-32");
    }

    @Test
    void forgetsNothingWhileTheStatusHasRoom() {
        // given
        var all = new ArrayList<Treatment>();
        for (int i = 0; i < Ledger.MAX_TREATMENTS; i++) {
            all.add(treatment("pod-" + i, Stage.SUCCEEDED, MINUTE));
        }

        // then
        assertThat(new Ledger(Optional.empty(), all).pruned(HOUR, NOW).treatments()).isEqualTo(all);
    }

    @Test
    void readsTheStagesAndStepsThatItWrites() {
        // then
        assertThat(Stage.values())
                .allSatisfy(stage -> assertThat(Stage.of(stage.code())).contains(stage));
        assertThat(Step.values())
                .allSatisfy(step -> assertThat(Step.of(step.code())).contains(step));
        assertThat(Stage.of("Replace")).isEmpty();
        assertThat(Step.of("Acting")).isEmpty();
    }

    @Test
    void entersAStageOnce() {
        // given
        var acting = treatment("a", Stage.ACTING, MINUTE);

        // then
        assertThat(acting.entering(Stage.ACTING, NOW)).isEqualTo(acting);
        assertThat(acting.entering(Stage.RECOVERING, NOW).stageSince()).isEqualTo(NOW);
        assertThat(acting.entering(Stage.RECOVERING, NOW).since()).isEqualTo(acting.since());
    }

    private static Treatment treatment(String pod, Stage stage, Duration ago) {
        return Patient.named(pod).treated(Step.REPLACE, stage, ago);
    }

    private static Ledger ledger(Treatment... treatments) {
        return new Ledger(Optional.empty(), List.of(treatments));
    }
}
