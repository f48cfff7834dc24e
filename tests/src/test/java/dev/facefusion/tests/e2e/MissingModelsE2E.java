package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.consistently;
import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestCluster;
import dev.facefusion.tests.cluster.TestNamespace;
import org.junit.jupiter.api.Test;

/// A fleet is pointed at a folder without models.
@ClusterTest
class MissingModelsE2E {
    private static final String FOLDER = "v1";

    private final TestNamespace namespace;
    private final ModelVolume models;

    MissingModelsE2E(TestCluster cluster, TestNamespace namespace) {
        this.namespace = namespace;
        this.models = ModelVolume.create(cluster, namespace).folder(FOLDER);
    }

    @Test
    void areNamedAndNobodyIsRestartedForThem() {
        // when
        var fleet =
                Fleet.create(
                        namespace,
                        "bare",
                        """
                        {"spec": {
                          "replicas": 1,
                          "models": {"persistentVolumeClaim": {"claimName": "%s", "subPath": "%s"}},
                          "health": {"failureThreshold": 10, "startupTimeoutSeconds": 25},
                          "update": {"progressDeadlineSeconds": 30}}}
                        """
                                .formatted(ModelVolume.NAME, FOLDER));

        // then
        eventually(() -> {
            assertThat(fleet.reason(Conditions.DEGRADED)).isEqualTo("ModelNotLoaded");
            assertThat(fleet.message(Conditions.READY))
                    .isEqualTo("A pod can't load its models: see its log.");
            assertThat(fleet.unhealthyPods())
                    .extracting(UnhealthyPod::reason, UnhealthyPod::step)
                    .containsExactly(tuple("ModelNotLoaded", null));
        });
        eventually(() -> {
            assertThat(fleet.condition(Conditions.STALLED)).isEqualTo("True");
            assertThat(fleet.reason(Conditions.STALLED)).isEqualTo("ModelNotLoaded");
        });
        // By the end of this the startup timeout is over too.
        consistently(() -> {
            assertThat(PodFacts.of(fleet)).containsExactly(new PodFacts(true, false, 0));
            assertThat(fleet.treatments()).isEmpty();
            assertThat(fleet.reason(Conditions.STALLED)).isEqualTo("ModelNotLoaded");
        });
        assertThat(fleet.announced("ModelNotLoaded")).isNotEmpty().containsOnly("Report");

        // when
        models.withModels();
        namespace.client().resource(fleet.pods().getFirst()).delete();

        // then
        fleet.awaitReady();
        assertThat(fleet.condition(Conditions.STALLED)).isEqualTo("False");
    }
}
