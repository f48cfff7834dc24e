package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestNamespace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class MisbehavingPodE2E {
    private final TestNamespace namespace;
    private final Fleet fleet;

    MisbehavingPodE2E(TestNamespace namespace) {
        this.namespace = namespace;
        this.fleet = Fleet.create(namespace, "mixed", 1);
    }

    @BeforeAll
    void addMisbehavingPods() {
        fleet.awaitReady();
        // They are here to be judged, not to be replaced.
        fleet.patch("{\"spec\": {\"remediation\": {\"mode\": \"Off\"}}}");
        var intruders = new MisbehavingPods(namespace, fleet);
        intruders.add("hang");
        intruders.add("refuse");
        intruders.add("rubbish");
    }

    @ParameterizedTest
    @CsvSource({
        "hang, HealthUnreachable",
        "refuse, HealthUnreachable",
        "rubbish, HealthUnreadable",
    })
    void isListedWithTheReason(String behaviour, String reason) {
        // given
        String pod = MisbehavingPods.name(behaviour);

        // when, then
        eventually(() ->
                assertThat(fleet.unhealthyPods())
                        .filteredOn(unhealthy -> unhealthy.name().equals(pod))
                        .extracting(UnhealthyPod::reason)
                        .containsExactly(reason));
    }

    @Test
    void neverKeepsTheOperatorFromJudgingTheOthers() {
        // given
        eventually(() -> assertThat(fleet.unhealthyPods()).hasSize(3));

        // when
        fleet.scale(2);

        // then
        eventually(() -> assertThat(fleet.status().readyReplicas()).isEqualTo(2));
        assertThat(fleet.unhealthyPods()).hasSize(3);
    }
}
