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
import dev.facefusion.tests.faults.FaultLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The library of a GPU's driver tells real pods bad news.
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class GpuFaultsE2E {
    /// One GPU: MiB in all, kept by the driver, in use.
    private static final String SOUND = "memory 81559 623 7421\n";

    private final TestNamespace namespace;
    private final ModelVolume models;
    private final Fleet full;
    private final Fleet lost;

    GpuFaultsE2E(TestCluster cluster, TestNamespace namespace) {
        this.namespace = namespace;
        this.models =
                ModelVolume.create(cluster, namespace).withModels().with(FaultLibrary.NVML_STUB);
        this.full = fleet("full");
        this.lost = fleet("lost");
    }

    /// A trend takes half an hour to be one, so nobody predicts this leak, and a pod under pressure
    /// is reported and not treated. The scenarios `leak` and `pressure-rising` show in virtual time
    /// how slower ones are seen coming, and what is done then.
    @Test
    void memoryThatFillsUpWithinSecondsIsReportedForAsLongAsItIsFull() {
        // given
        full.awaitReady();
        eventually(() -> assertThat(full.vramUsedPercentMax()).contains(10));
        assertThat(full.condition(Conditions.VRAM_PRESSURE)).isEqualTo("False");

        // when
        models.write("full", SOUND + "leak 8000\n");

        // then
        eventually(() -> {
            assertThat(full.condition(Conditions.VRAM_PRESSURE)).isEqualTo("True");
            assertThat(full.unhealthyPods())
                    .extracting(UnhealthyPod::reason, UnhealthyPod::step)
                    .containsExactly(tuple("VRAMPressure", null));
            assertThat(full.vramUsedPercentMax().orElseThrow()).isGreaterThanOrEqualTo(95);
        });
        consistently(() -> {
            assertThat(PodFacts.of(full)).containsExactly(new PodFacts(true, true, 0));
            assertThat(full.treatments()).isEmpty();
            assertThat(full.condition(Conditions.READY)).isEqualTo("True");
        });

        // when
        models.write("full", SOUND);

        // then
        eventually(() -> {
            assertThat(full.condition(Conditions.VRAM_PRESSURE)).isEqualTo("False");
            assertThat(full.unhealthyPods()).isEmpty();
        });
        assertThat(full.announced("VRAMPressure")).containsExactly("Report");
    }

    @Test
    void aGpuThatFallsOffTheBusHasItsPodReplacedWithoutARestart() {
        // given
        lost.awaitReady();
        String pod = lost.pods().getFirst().getMetadata().getName();

        // when
        models.write("lost", SOUND + "lost 0\n");

        // then
        eventually(() ->
                assertThat(lost.pods())
                        .extracting(each -> each.getMetadata().getName())
                        .isNotEmpty()
                        .doesNotContain(pod));

        // when
        models.write("lost", SOUND);

        // then
        eventually(() -> {
            assertThat(lost.treatments())
                    .extracting(
                            Treatment::pod, Treatment::reason, Treatment::action, Treatment::state)
                    .containsExactly(tuple(pod, "DeviceUnhealthy", "Replace", "Succeeded"));
            assertThat(lost.announced("DeviceUnhealthy"))
                    .containsExactly("Report", "Drain", "Replace", "ReplaceSucceeded");
            assertThat(PodFacts.of(lost)).containsExactly(new PodFacts(true, true, 0));
        });
        lost.awaitReady();
    }

    /// Its driver plays the file of the fleet's name.
    private Fleet fleet(String name) {
        models.write(name, SOUND);
        return Fleet.create(
                namespace,
                name,
                """
                {"spec": {
                  "replicas": 1,
                  "models": {"persistentVolumeClaim": {"claimName": "%s"}},
                  "runtime": {"env": [
                    {"name": "NVML_LIBRARY", "value": "%s"},
                    {"name": "NVML_STUB_SCRIPT", "value": "%s"}]},
                  "health": {"failureThreshold": 10, "vram": {"forSeconds": 2}}}}
                """
                        .formatted(
                                ModelVolume.NAME,
                                ModelVolume.mounted(FaultLibrary.NVML_STUB.fileName()),
                                ModelVolume.mounted(name)));
    }
}
