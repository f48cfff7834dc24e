package dev.facefusion.tests.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.scenario.Expectation.Proof;
import dev.facefusion.tests.scenario.PodState.Life;
import dev.facefusion.tests.scenario.PodState.Owner;
import dev.facefusion.tests.scenario.PodState.Traffic;
import dev.facefusion.tests.scenario.Sighting.Announced;
import dev.facefusion.tests.scenario.Sighting.Deed;
import dev.facefusion.tests.scenario.Sighting.Done;
import dev.facefusion.tests.scenario.Sighting.PodSeen;
import dev.facefusion.tests.scenario.Sighting.Reported;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JudgementTest {
    private static final Window WINDOW = new Window(Duration.ofSeconds(5), Duration.ofSeconds(20));
    private static final Announced ANNOUNCED =
            new Announced(
                    Duration.ofSeconds(10), "SelfRestart", "InferenceStalled", Optional.of(0), "");
    private static final Done ASKED =
            new Done(Duration.ofSeconds(11), Deed.RESTART_ASKED, Optional.of(0), "one");

    private static Finding.Outcome restartOf(int pod, Sighting... sightings) {
        var expectation =
                new Expectation.Acts(
                        "SelfRestart",
                        new Pods.Listed(Set.of(pod)),
                        Optional.of("InferenceStalled"),
                        Proof.DONE,
                        Optional.of(1),
                        WINDOW);
        return new ExpectationCheck(new Observed(3, List.of(sightings)))
                .check(expectation)
                .outcome();
    }

    private static Finding.Outcome forbidden(Prohibition prohibition, Sighting... sightings) {
        return new ProhibitionCheck(new Observed(3, List.of(sightings)))
                .check(new Ban(prohibition, WINDOW))
                .outcome();
    }

    private static Finding.Outcome kstatus(List<String> expected, String... words) {
        var reports =
                List.of(words).stream()
                        .map(word ->
                                new Report(
                                        Map.of(),
                                        0,
                                        List.of(),
                                        new Report.Scaling(Optional.empty(), "", ""),
                                        word))
                        .map(report -> new Reported(Duration.ofSeconds(1), report))
                        .toList();
        return new EndingCheck(new Observed(3, List.copyOf(reports))).kstatus(expected).outcome();
    }

    private static PodSeen out(int pod) {
        return new PodSeen(
                Duration.ofSeconds(10 + pod),
                pod,
                new PodState("node", Life.READY, Traffic.OUT_OF_SERVICE, Owner.FLEET, 0));
    }

    @Test
    void wantsAnActionAnnouncedAndDone() {
        assertThat(restartOf(0, ANNOUNCED, ASKED)).isEqualTo(Finding.Outcome.MET);
        assertThat(restartOf(0, ANNOUNCED)).isEqualTo(Finding.Outcome.UNMET);
        assertThat(restartOf(0, ASKED)).isEqualTo(Finding.Outcome.UNMET);
        assertThat(restartOf(1, ANNOUNCED, ASKED)).isEqualTo(Finding.Outcome.UNMET);
    }

    @Test
    void countsWhatMayHappenOnce() {
        assertThat(restartOf(0, ANNOUNCED, ANNOUNCED, ASKED)).isEqualTo(Finding.Outcome.UNMET);
    }

    @Test
    void findsWhatIsForbidden() {
        var others = new Prohibition.Acts("any", new Pods.Listed(Set.of(1, 2)));
        var anybody = new Prohibition.Acts("any", new Pods.All());

        assertThat(forbidden(others, ANNOUNCED)).isEqualTo(Finding.Outcome.MET);
        assertThat(forbidden(anybody, ANNOUNCED)).isEqualTo(Finding.Outcome.UNMET);
    }

    @Test
    void countsPodsOutOfServiceTogether() {
        assertThat(forbidden(new Prohibition.OutOfService(1), out(0)))
                .isEqualTo(Finding.Outcome.MET);
        assertThat(forbidden(new Prohibition.OutOfService(1), out(0), out(1)))
                .isEqualTo(Finding.Outcome.UNMET);
    }

    @Test
    void readsKstatusWithoutRepeats() {
        assertThat(kstatus(List.of("Current"), "Current", "Current"))
                .isEqualTo(Finding.Outcome.MET);
        assertThat(kstatus(List.of("Current"), "Current", "InProgress", "Current"))
                .isEqualTo(Finding.Outcome.UNMET);
    }
}
