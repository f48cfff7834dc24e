package dev.facefusion.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.simulation.SimulatedPod.Answer;
import dev.facefusion.tests.simulation.SimulatedPod.ContainerState;
import dev.facefusion.tests.simulation.SimulatedPod.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulatedPodTest {
    private static final Duration STEP = Duration.ofMillis(200);
    private static final Identity IDENTITY = new Identity("uid", "pod", "node", 0);
    private static final Behaviour HUNG = Behaviour.of("hung", Map.of());
    private static final Workload WORKLOAD =
            new Workload(
                    Duration.ofSeconds(2),
                    Duration.ofMillis(200),
                    1,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(3),
                    24_576,
                    Duration.ofSeconds(4));

    private final Faults faults = new Faults();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final SimulatedPod pod = new SimulatedPod(IDENTITY, WORKLOAD, faults, now);

    private ContainerState after(int seconds) {
        Instant end = now.plusSeconds(seconds);
        ContainerState state = pod.advance(now, STEP, 0);
        while (now.isBefore(end)) {
            now = now.plus(STEP);
            state = pod.advance(now, STEP, 0);
        }
        return state;
    }

    @Test
    void isReadyOnceTheModelsAreLoaded() {
        assertThat(after(1).ready()).isFalse();
        assertThat(after(2).ready()).isTrue();
    }

    @Test
    void makesNoProgressWhileItHangs() {
        after(3);

        faults.put(IDENTITY, HUNG, Binding.INSTANCE);
        after(6);

        assertThat(pod.health(now).tasksInFlight()).isEqualTo(1);
        assertThat(pod.health(now).sinceProgress()).isGreaterThan(Duration.ofSeconds(5));
        assertThat(pod.health(now).json()).contains("\"status\":\"stalled\"");
    }

    @Test
    void comesBackAsAnotherInstanceAndCured() {
        after(3);
        faults.put(IDENTITY, HUNG, Binding.INSTANCE);
        after(1);
        String before = pod.health(now).instance();

        assertThat(pod.restart(Optional.of(before), now)).isEqualTo(Answer.ACCEPTED);
        assertThat(after(8))
                .returns(1, ContainerState::restarts)
                .returns(true, ContainerState::ready);

        assertThat(pod.health(now).instance()).isNotEqualTo(before);
        assertThat(pod.health(now).json()).contains("\"status\":\"healthy\"");
    }

    @Test
    void staysIllAfterARestartWhereTheFaultIsInTheNode() {
        after(3);
        faults.put(IDENTITY, HUNG, Binding.NODE);
        after(1);

        pod.restart(Optional.empty(), now);
        after(12);

        assertThat(pod.health(now).json()).contains("\"status\":\"stalled\"");
    }

    @Test
    void doesNothingForACallerWhoMeansAnotherInstance() {
        after(3);

        assertThat(pod.restart(Optional.of("another"), now)).isEqualTo(Answer.OTHER_INSTANCE);
        assertThat(after(8).restarts()).isZero();
    }

    @Test
    void finishesItsTasksWhenItIsToDrain() {
        after(3);

        pod.drain(Optional.empty(), now);

        assertThat(pod.health(now).tasksInFlight()).isEqualTo(1);
        assertThat(after(4).ready()).isFalse();
        assertThat(pod.health(now).tasksInFlight()).isZero();
        assertThat(pod.health(now).draining()).isTrue();
    }

    @Test
    void endsForGoodWhenThePodIsDeleted() {
        after(3);

        pod.end(now);

        assertThat(after(5).ended()).isTrue();
        assertThat(after(5).ended()).isTrue();
    }
}
