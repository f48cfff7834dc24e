package dev.facefusion.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.reconcile.Clusters;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final String SPEC = "{gpu: {count: 0}, runtime: {env: [{name: A, value: x}]}}";

    private final Deployment desired = deployment(SPEC);

    @Test
    void matchesWhatTheApiServerMakesOfIt() {
        // given
        var live =
                new DeploymentBuilder(desired)
                        .editMetadata()
                        .withUid("1")
                        .withGeneration(3L)
                        .addToAnnotations("deployment.kubernetes.io/revision", "1")
                        .endMetadata()
                        .editSpec()
                        .withMinReadySeconds(0)
                        .editTemplate()
                        .editSpec()
                        .withRestartPolicy("Always")
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .withNewStatus()
                        .withReplicas(1)
                        .endStatus()
                        .build();

        // then
        assertThat(Fingerprint.matches(live, desired)).isTrue();
    }

    @Test
    void seesThatAValueWasChangedByHand() {
        // given
        var live = new DeploymentBuilder(desired).editSpec().withReplicas(7).endSpec().build();

        // then
        assertThat(Fingerprint.matches(live, desired)).isFalse();
    }

    @Test
    void seesThatAListElementWasRemovedByHand() {
        // given
        var live =
                new DeploymentBuilder(desired)
                        .editSpec()
                        .editTemplate()
                        .editSpec()
                        .editFirstContainer()
                        .withEnv()
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build();

        // then
        assertThat(Fingerprint.matches(live, desired)).isFalse();
    }

    @Test
    void seesThatSomethingIsNoLongerAskedFor() {
        // given
        var asked = deployment("{gpu: {count: 0}, scheduling: {priorityClassName: high}}");

        // then
        assertThat(Fingerprint.matches(asked, deployment("{gpu: {count: 0}}"))).isFalse();
    }

    @Test
    void isTheSameForTheSameSpec() {
        assertThat(deployment(SPEC)).isEqualTo(desired);
    }

    private static Deployment deployment(String spec) {
        return Workload.of(Clusters.settings(Clusters.withSpec(spec))).deployment();
    }
}
