package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.consistently;
import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Treatment;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestCluster;
import dev.facefusion.tests.cluster.TestNamespace;
import org.junit.jupiter.api.Test;

/// A pod is given a GPU that is not there, and runs on the CPU instead.
@ClusterTest
class CpuFallbackE2E {
    private static final String GPU = "tests.facefusion.dev/gpu";

    private final TestNamespace namespace;
    private final Fleet fleet;

    CpuFallbackE2E(TestCluster cluster, TestNamespace namespace) {
        this.namespace = namespace;
        cluster.advertise(GPU, 1);
        this.fleet =
                Fleet.create(
                        namespace,
                        "fallen",
                        """
                        {"spec": {
                          "replicas": 1,
                          "runtime": {"executionProviders": ["cuda", "cpu"]},
                          "gpu": {"count": 1, "resourceName": "%s"},
                          "health": {"failureThreshold": 10, "acceleratorFallback": "Report"},
                          "remediation": {"ladder": [{"action": "SelfRestart"}]}}}
                        """
                                .formatted(GPU));
    }

    @Test
    void isReportedAndWhereThePolicySaysSoTreated() {
        // given
        fleet.awaitReady();

        // then
        eventually(() -> {
            assertThat(fleet.condition(Conditions.ACCELERATOR_ACTIVE)).isEqualTo("False");
            assertThat(fleet.reason(Conditions.ACCELERATOR_ACTIVE))
                    .isEqualTo("AcceleratorFallback");
            assertThat(fleet.unhealthyPods())
                    .extracting(UnhealthyPod::reason, UnhealthyPod::step)
                    .containsExactly(tuple("AcceleratorFallback", null));
        });
        try (var management = PodPort.management(namespace, fleet.pods().getFirst())) {
            assertThat(management.get("/health").body())
                    .contains("\"degraded\"", "\"cpu_fallback\"");
        }
        consistently(() -> {
            assertThat(PodFacts.of(fleet)).containsExactly(new PodFacts(true, true, 0));
            assertThat(fleet.treatments()).isEmpty();
            assertThat(fleet.condition(Conditions.READY)).isEqualTo("True");
        });

        // when
        fleet.patch("{\"spec\": {\"health\": {\"acceleratorFallback\": \"Remediate\"}}}");

        // then
        eventually(() -> {
            assertThat(fleet.treatments())
                    .extracting(Treatment::reason, Treatment::action, Treatment::state)
                    .containsExactly(tuple("AcceleratorFallback", "SelfRestart", "Failed"));
            assertThat(PodFacts.of(fleet)).containsExactly(new PodFacts(false, true, 1));
            assertThat(fleet.unhealthyPods())
                    .extracting(UnhealthyPod::step, UnhealthyPod::blockedBy)
                    .containsExactly(tuple("SelfRestart", "Cooldown"));
        });
    }
}
