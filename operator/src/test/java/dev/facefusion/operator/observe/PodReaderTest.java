package dev.facefusion.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.decide.Reason;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodReaderTest {
    private static final String RUNNING =
            """
            {phase: Running, podIP: 10.0.0.7, conditions: [{type: Ready, status: "True"}],
             containerStatuses: [{name: runtime, restartCount: 2,
                                  state: {running: {startedAt: "2026-06-01T11:00:00Z"}}}]}
            """;

    @Test
    void readsAPodThatRuns() {
        // when
        var snapshot = read(RUNNING);

        // then
        assertThat(snapshot.name()).isEqualTo("studio-1");
        assertThat(snapshot.nodeName()).isEqualTo("node-1");
        assertThat(snapshot.ready()).isTrue();
        assertThat(snapshot.leaving()).isFalse();
        assertThat(snapshot.startedAt()).isEqualTo(Instant.parse("2026-06-01T11:00:00Z"));
        assertThat(snapshot.obstacle()).isEmpty();
    }

    @Test
    void asksARunningPodAtItsAddress() {
        // when
        var target = PodReader.target(pod(RUNNING)).orElseThrow();

        // then
        assertThat(target.health()).hasToString("http://10.0.0.7:8080/health");
        assertThat(target.instance()).isEqualTo(new PodInstance("1", 2));
    }

    @Test
    void putsAnIpv6AddressIntoBrackets() {
        // when
        var target =
                PodReader.target(pod(RUNNING.replace("10.0.0.7", "\"fd00::7\""))).orElseThrow();

        // then
        assertThat(target.health()).hasToString("http://[fd00::7]:8080/health");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{phase: Pending}",
                "{phase: Running, podIP: 10.0.0.7}",
                "{phase: Running, podIP: 10.0.0.7, containerStatuses: [{name: sidecar, restartCount: 0, state: {running: {startedAt: x}}}]}",
                "{phase: Running, podIP: 10.0.0.7, containerStatuses: [{name: runtime, restartCount: 0, state: {terminated: {exitCode: 1}}}]}",
            })
    void asksNoPodWhoseContainerDoesNotRun(String status) {
        assertThat(PodReader.target(pod(status))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ErrImagePull, IMAGE_UNAVAILABLE",
        "ImagePullBackOff, IMAGE_UNAVAILABLE",
        "InvalidImageName, IMAGE_UNAVAILABLE",
        "ErrImageNeverPull, IMAGE_UNAVAILABLE",
        "CrashLoopBackOff, CONTAINER_CRASHING",
        "CreateContainerConfigError, CONTAINER_MISCONFIGURED",
        "ContainerCreating,",
    })
    void knowsWhatKeepsAContainerFromRunning(String waiting, Reason obstacle) {
        // when
        var snapshot =
                read(
                        """
                        {phase: Pending, containerStatuses: [{name: runtime, restartCount: 0,
                         state: {waiting: {reason: %s}}}]}
                        """
                                .formatted(waiting));

        // then
        assertThat(snapshot.obstacle()).isEqualTo(Optional.ofNullable(obstacle));
    }

    @ParameterizedTest
    @CsvSource({"2, 'False',", "3, 'False', CONTAINER_CRASHING", "3, 'True',"})
    void callsAContainerCrashingUntilItIsReadyAgain(int restarts, String ready, Reason obstacle) {
        // when
        var snapshot =
                read(
                        RUNNING.replace("restartCount: 2", "restartCount: " + restarts)
                                .replace("\"True\"", "\"%s\"".formatted(ready)));

        // then
        assertThat(snapshot.obstacle()).isEqualTo(Optional.ofNullable(obstacle));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ErrImagePull | rpc error: code = NotFound desc = failed to pull \\\"r/a:1\\\": not found"
                        + " | failed to pull \"r/a:1\": not found",
                "ImagePullBackOff | Back-off pulling image \\\"r/a:1\\\": ErrImagePull: rpc error: code = NotFound"
                        + " desc = failed to pull \\\"r/a:1\\\": not found | failed to pull \"r/a:1\": not found",
                "ImagePullBackOff | Back-off pulling image \\\"r/a:1\\\" | image \"r/a:1\"",
                "ErrImagePull | dial tcp 10.0.0.1:443: i/o timeout | dial tcp …: i/o timeout",
                "CreateContainerConfigError | secret \\\"token\\\" not found | secret \"token\" not found",
            })
    void quotesWhatIsTheSameForEveryTry(String reason, String message, String words) {
        // when
        var snapshot =
                read(
                        """
                        {phase: Pending, containerStatuses: [{name: runtime, restartCount: 0,
                         state: {waiting: {reason: %s, message: "%s"}}}]}
                        """
                                .formatted(reason, message));

        // then
        assertThat(snapshot.words()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{exitCode: 1, reason: Error} | exit code 1",
                "{exitCode: 137, reason: OOMKilled} | exit code 137 (OOMKilled)",
                "{exitCode: 3, reason: Error, message: 'MODEL_DIR is empty'} | exit code 3: MODEL_DIR is empty",
            })
    void quotesHowACrashedContainerEnded(String end, String words) {
        // when
        var snapshot =
                read(
                        """
                        {phase: Running, containerStatuses: [{name: runtime, restartCount: 4,
                         state: {waiting: {reason: CrashLoopBackOff, message: back-off 5m0s}},
                         lastState: {terminated: %s}}]}
                        """
                                .formatted(end));

        // then
        assertThat(snapshot.obstacle()).contains(Reason.CONTAINER_CRASHING);
        assertThat(snapshot.words()).isEqualTo(words);
    }

    @Test
    void knowsADeviceThatItsNodeCallsUnhealthy() {
        // when
        var snapshot =
                read(
                        RUNNING.replace(
                                "restartCount: 2,",
                                """
                                restartCount: 2, allocatedResourcesStatus: [{name: nvidia.com/gpu, resources: [
                                {resourceID: GPU-1, health: Healthy}, {resourceID: GPU-2, health: Unhealthy}]}],
                                """));

        // then
        assertThat(snapshot.obstacle()).contains(Reason.DEVICE_UNHEALTHY);
        assertThat(snapshot.words()).isEqualTo("nvidia.com/gpu");
    }

    @Test
    void takesNoOffenceAtADeviceOfUnknownHealth() {
        // when
        var snapshot =
                read(
                        RUNNING.replace(
                                "restartCount: 2,",
                                "restartCount: 2, allocatedResourcesStatus: [{name: nvidia.com/gpu,"
                                        + " resources: [{resourceID: GPU-1, health: Unknown}]}],"));

        // then
        assertThat(snapshot.obstacle()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{phase: Running, reason: NodeLost}",
                "{phase: Running, conditions: [{type: Ready, status: Unknown, reason: NodeLost}]}",
                "{phase: Running, conditions: [{type: DisruptionTarget, status: 'True', reason: DeletionByTaintManager}]}",
            })
    void knowsThatItsNodeIsLost(String status) {
        assertThat(read(status).obstacle()).contains(Reason.NODE_LOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{phase: Running, conditions: [{type: DisruptionTarget, status: 'True', reason: EvictionByEvictionAPI}]}",
                "{phase: Running, conditions: [{type: DisruptionTarget, status: 'False', reason: DeletionByTaintManager}]}",
            })
    void callsNoNodeLostForWhatSomebodyWills(String status) {
        assertThat(read(status).obstacle()).isEmpty();
    }

    @Test
    void knowsByWhenADeletedPodShouldBeGone() {
        // given
        var pod = pod(RUNNING);
        pod.getMetadata().setDeletionTimestamp("2026-06-01T12:00:00Z");

        // when
        var snapshot = PodReader.read(pod, Optional.empty(), Optional.empty());

        // then
        assertThat(snapshot.leaving()).isTrue();
        assertThat(snapshot.goneBy()).contains(Instant.parse("2026-06-01T12:00:00Z"));
    }

    @Test
    void knowsSinceWhenNoNodeTakesThePod() {
        // when
        var snapshot =
                read(
                        """
                        {phase: Pending, conditions: [{type: PodScheduled, status: "False",
                         reason: Unschedulable, lastTransitionTime: "2026-06-01T11:00:00Z"}]}
                        """);

        // then
        assertThat(snapshot.unschedulableSince()).contains(Instant.parse("2026-06-01T11:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"Failed, false", "Succeeded, false", "Running, true", "Pending, true"})
    void countsNoPodThatHasEnded(String phase, boolean alive) {
        assertThat(PodReader.alive(pod("{phase: %s}".formatted(phase)))).isEqualTo(alive);
    }

    private static PodSnapshot read(String status) {
        return PodReader.read(pod(status), Optional.empty(), Optional.empty());
    }

    private static Pod pod(String status) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: studio-1, uid: "1", creationTimestamp: "2026-06-01T10:00:00Z"}
                spec: {nodeName: node-1}
                status: %s
                """
                        .formatted(status.strip().replace("\n", " ")),
                Pod.class);
    }
}
