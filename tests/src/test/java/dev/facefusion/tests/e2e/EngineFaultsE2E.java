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
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The engine of a real pod hangs, or is slow, below anything that Java sees: the calls of its
/// native library return late or never.
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class EngineFaultsE2E {
    private static final Duration STALL_TIMEOUT = Duration.ofSeconds(4);

    private final TestNamespace namespace;
    private final ModelVolume models;
    private final Fleet hung;
    private final Fleet slow;

    EngineFaultsE2E(TestCluster cluster, TestNamespace namespace) {
        this.namespace = namespace;
        this.models =
                ModelVolume.create(cluster, namespace).withModels().with(FaultLibrary.STALL_AGENT);
        this.hung = fleet("hung");
        this.slow = fleet("slow");
    }

    @Test
    void aPodThatHangsLeavesItsServiceAndIsRestarted() {
        // given
        hung.awaitReady();
        String pod = hung.pods().getFirst().getMetadata().getName();
        models.write("hung", "");

        try (var tasks = PodPort.tasks(namespace, hung.pods().getFirst())) {
            // when
            var _ = tasks.postAsync("/v1/swap", SwapForm.CONTENT_TYPE, form());

            // then
            eventually(() -> {
                assertThat(PodFacts.of(hung)).extracting(PodFacts::inService).containsOnly(false);
                assertThat(addressesInService(hung)).isZero();
                assertThat(hung.unhealthyPods())
                        .extracting(UnhealthyPod::name, UnhealthyPod::reason, UnhealthyPod::step)
                        .containsExactly(tuple(pod, "InferenceStalled", "SelfRestart"));
            });
        }
        eventually(() -> {
            assertThat(PodFacts.of(hung)).containsExactly(new PodFacts(true, true, 1));
            assertThat(hung.treatments())
                    .extracting(
                            Treatment::pod, Treatment::reason, Treatment::action, Treatment::state)
                    .containsExactly(tuple(pod, "InferenceStalled", "SelfRestart", "Succeeded"));
            assertThat(hung.announced("InferenceStalled"))
                    .containsExactly("Report", "Drain", "SelfRestart", "SelfRestartSucceeded");
            assertThat(addressesInService(hung)).isOne();
        });
        hung.awaitReady();
        assertThat(hung.unhealthyPods()).isEmpty();
        // The fault is older than the new process, which it therefore spares.
        assertThat(swap(hung).statusCode()).isEqualTo(200);
    }

    @Test
    void aPodThatIsSlowButMovesIsLeftAlone() {
        // given
        slow.awaitReady();
        models.write("slow", "1500");

        // when
        Instant start = Instant.now();
        HttpResponse<String> answer = swap(slow);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now()))
                .isGreaterThan(STALL_TIMEOUT.plusSeconds(1));
        eventually(() ->
                assertThat(slow.unhealthyPods())
                        .extracting(UnhealthyPod::reason, UnhealthyPod::step)
                        .containsExactly(tuple("SlowInference", null)));
        consistently(() -> {
            assertThat(PodFacts.of(slow)).containsExactly(new PodFacts(true, true, 0));
            assertThat(slow.treatments()).isEmpty();
            assertThat(slow.condition(Conditions.READY)).isEqualTo("True");
        });
        assertThat(slow.announced("SlowInference")).containsExactly("Report");
        assertThat(slow.announced("InferenceStalled")).isEmpty();
    }

    /// Its engine hangs, or is slow, while there is a file of the fleet's name.
    private Fleet fleet(String name) {
        return Fleet.create(
                namespace,
                name,
                """
                {"spec": {
                  "replicas": 1,
                  "models": {"persistentVolumeClaim": {"claimName": "%s"}},
                  "runtime": {"env": [
                    {"name": "JAVA_TOOL_OPTIONS", "value": "-agentpath:%s=%s"}]},
                  "health": {
                    "failureThreshold": 10,
                    "stallTimeoutSeconds": %d,
                    "latency": {"slowMilliseconds": 3000, "forSeconds": 2}},
                  "drain": {"timeoutSeconds": 2}}}
                """
                        .formatted(
                                ModelVolume.NAME,
                                ModelVolume.mounted(FaultLibrary.STALL_AGENT.fileName()),
                                ModelVolume.mounted(name),
                                STALL_TIMEOUT.toSeconds()));
    }

    private HttpResponse<String> swap(Fleet fleet) {
        try (var tasks = PodPort.tasks(namespace, fleet.pods().getFirst())) {
            return tasks.post("/v1/swap", SwapForm.CONTENT_TYPE, form());
        }
    }

    private static byte[] form() {
        return SwapForm.of(Photos.COLLINS.bytes(), Photos.HOPPER.bytes());
    }

    /// How many addresses the fleet's Service sends tasks to.
    private long addressesInService(Fleet fleet) {
        return namespace
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace.name())
                .withLabel("kubernetes.io/service-name", fleet.name())
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> Stream.ofNullable(slice.getEndpoints()).flatMap(List::stream))
                .filter(endpoint -> endpoint.getConditions().getReady())
                .count();
    }
}
