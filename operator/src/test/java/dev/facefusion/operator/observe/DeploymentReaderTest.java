package dev.facefusion.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.LiveRevision;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeploymentReaderTest {
    private static final String ROLLING =
            "{observedGeneration: 7, replicas: 3, updatedReplicas: 1, readyReplicas: 2}";
    private static final String PENDING =
            """
            {phase: Pending, conditions: [{type: PodScheduled, status: "False",
             reason: Unschedulable, lastTransitionTime: "2026-06-01T11:00:00Z"}]}
            """;

    @Test
    void readsTheMarksOfARevision() {
        // when
        var revision = revision(ROLLING, 1);

        // then
        assertThat(revision)
                .isEqualTo(
                        new LiveRevision(
                                Optional.of("wish-1"),
                                Optional.of("template-2"),
                                false,
                                false,
                                false));
    }

    @ParameterizedTest
    @CsvSource({"template-2, '', true", "template-1, '', false", "template-2, going, false"})
    void isBlockedByAWantedPodOfItsOwnThatNoNodeTakes(
            String template, String leaving, boolean blocked) {
        // when
        var revision = revision(ROLLING, 1, pod(template, !leaving.isEmpty(), PENDING));

        // then
        assertThat(revision.blocked()).isEqualTo(blocked);
    }

    @Test
    void isNotBlockedWhereNoOldPodRuns() {
        // when
        var revision =
                revision(
                        "{observedGeneration: 7, replicas: 2, updatedReplicas: 2, readyReplicas: 1}",
                        1,
                        pod("template-2", false, PENDING));

        // then
        assertThat(revision.blocked()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"7, 2, true", "6, 2, false", "7, 1, false"})
    void isCompleteWhenEveryWantedPodIsNewAndReady(int observed, int ready, boolean complete) {
        // when
        var revision =
                revision(
                        "{observedGeneration: %d, replicas: 2, updatedReplicas: 2, readyReplicas: %d}"
                                .formatted(observed, ready),
                        1);

        // then
        assertThat(revision.complete()).isEqualTo(complete);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "25%, false"})
    void isInPlaceWithoutASurge(String surge, boolean inPlace) {
        // given
        var deployment = deployment("{}", surge);

        // then
        assertThat(DeploymentReader.revision(deployment, List.of()).inPlace()).isEqualTo(inPlace);
        assertThat(DeploymentReader.read(deployment, deployment).inPlace()).isEqualTo(inPlace);
    }

    @Test
    void isAsAskedWhateverIsSaidOfItsReplacement() {
        // given
        var live = deployment(ROLLING, "1");

        // then
        assertThat(DeploymentReader.read(live, deployment("{}", "0")).asAsked()).isTrue();
    }

    @Test
    void isNotAsAskedWithAnotherTemplateWhateverTheNumberOfPods() {
        // given
        var live = deployment(ROLLING, "1");
        var rolled = deployment("{}", "1");
        rolled.getSpec().getTemplate().getSpec().setPriorityClassName("high");
        var scaled = deployment("{}", "1");
        scaled.getSpec().setReplicas(5);

        // then
        assertThat(DeploymentReader.read(live, rolled).asAsked()).isFalse();
        assertThat(DeploymentReader.read(live, scaled).asAsked()).isTrue();
    }

    private static LiveRevision revision(String status, int surge, Pod... pods) {
        return DeploymentReader.revision(
                deployment(status, Integer.toString(surge)), List.of(pods));
    }

    private static Deployment deployment(String status, String surge) {
        return Serialization.unmarshal(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: studio, generation: 7, annotations: {facefusion.dev/requested: wish-1}}
                spec:
                  replicas: 2
                  strategy: {rollingUpdate: {maxSurge: %s}}
                  template:
                    metadata: {annotations: {facefusion.dev/revision: template-2}}
                    spec: {}
                status: %s
                """
                        .formatted(surge, status),
                Deployment.class);
    }

    private static Pod pod(String template, boolean leaving, String status) {
        return Serialization.unmarshal(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: studio-1, %s annotations: {facefusion.dev/revision: %s}}
                status: %s
                """
                        .formatted(
                                leaving ? "deletionTimestamp: \"2026-06-01T11:00:00Z\"," : "",
                                template,
                                status.strip().replace("\n", " ")),
                Pod.class);
    }
}
