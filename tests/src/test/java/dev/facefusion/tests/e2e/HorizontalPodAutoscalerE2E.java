package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.tests.cluster.AuditLog;
import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.ReplicaHistory;
import dev.facefusion.tests.cluster.TestCluster;
import dev.facefusion.tests.cluster.TestNamespace;
import dev.facefusion.tests.metrics.MetricsApi;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// The HorizontalPodAutoscaler of Kubernetes on a fleet's `/scale`, by a metric that the test sets:
/// a pod for every two of it.
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class HorizontalPodAutoscalerE2E {
    private static final Duration TWO_LOOKS_OF_THE_AUTOSCALER = Duration.ofSeconds(31);

    /// As it would lie in Git: without `replicas`.
    private static final String MANIFEST =
            """
            apiVersion: facefusion.dev/v1alpha1
            kind: FaceFusionCluster
            metadata:
              name: elastic
            spec:
              scaling:
                mode: External
              runtime:
                executionProviders: [cpu]
                executionThreads: 1
                queueCapacity: %d
              gpu:
                count: 0
              resources:
                requests: {cpu: 50m, memory: 256Mi}
                limits: {memory: 1Gi}
              health:
                periodSeconds: 2
                timeoutSeconds: 1
            """;

    private final TestCluster cluster;
    private final TestNamespace namespace;
    private final Fleet fleet;
    private MetricsApi metrics;

    HorizontalPodAutoscalerE2E(TestCluster cluster, TestNamespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.fleet = Fleet.serverSideApply(namespace, MANIFEST.formatted(32));
    }

    @BeforeAll
    void autoscale() {
        fleet.awaitReady();
        metrics = MetricsApi.start(namespace, fleet.pods().getFirst());
        metrics.set(1);
        namespace.create(autoscaler());
    }

    @BeforeEach
    void startWithOnePod() {
        metrics.set(1);
        awaitReplicas(1);
    }

    @AfterAll
    void endTheMetrics() {
        metrics.close();
    }

    @Test
    void followsTheMetricUpAndDownWithoutAFight() {
        try (var history = ReplicaHistory.of(fleet)) {
            // given
            AuditLog before = cluster.audit();

            // when
            metrics.set(6);
            awaitReplicas(3);
            metrics.set(1);
            awaitReplicas(1);

            // then
            await().during(TWO_LOOKS_OF_THE_AUTOSCALER)
                    .atMost(TWO_LOOKS_OF_THE_AUTOSCALER.multipliedBy(2))
                    .untilAsserted(() -> assertThat(history.replicas()).containsExactly(1, 3, 1));
            var writes = cluster.audit().writesSince(before, namespace.name());
            assertThat(writes)
                    .filteredOn(write -> write.resource().equals("deployments"))
                    .hasSize(2);
            assertThat(writes)
                    .filteredOn(write -> write.resource().equals("facefusionclusters"))
                    .extracting(AuditLog.Request::subresource)
                    .containsOnly("status");
        }
    }

    @Test
    void keepsItsNumberWhenTheManifestIsAppliedAgain() {
        try (var history = ReplicaHistory.of(fleet)) {
            // given
            metrics.set(6);
            awaitReplicas(3);

            // when
            var _ = Fleet.serverSideApply(namespace, MANIFEST.formatted(16));

            // then
            fleet.awaitReady();
            assertThat(fleet.get().getSpec().replicas()).isEqualTo(3);
            assertThat(fleet.status().readyReplicas()).isEqualTo(3);
            assertThat(history.replicas()).containsExactly(1, 3);
            assertThat(ownersOfReplicas()).isEmpty();
        }
    }

    /// Who would take the number back: whoever has applied one. What `/scale` writes has no owner.
    private List<String> ownersOfReplicas() {
        return fleet.get().getMetadata().getManagedFields().stream()
                .filter(HorizontalPodAutoscalerE2E::ownsReplicas)
                .map(ManagedFieldsEntry::getManager)
                .toList();
    }

    private static boolean ownsReplicas(ManagedFieldsEntry entry) {
        return entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:replicas");
    }

    private void awaitReplicas(int replicas) {
        eventually(() -> {
            assertThat(fleet.get().getSpec().replicas()).isEqualTo(replicas);
            assertThat(fleet.deployment().require().getSpec().getReplicas()).isEqualTo(replicas);
            assertThat(fleet.pods()).hasSize(replicas);
            assertThat(fleet.status().readyReplicas()).isEqualTo(replicas);
        });
    }

    private HorizontalPodAutoscaler autoscaler() {
        return new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withName(fleet.name())
                .endMetadata()
                .withNewSpec()
                .withNewScaleTargetRef()
                .withApiVersion("facefusion.dev/v1alpha1")
                .withKind("FaceFusionCluster")
                .withName(fleet.name())
                .endScaleTargetRef()
                .withMinReplicas(1)
                .withMaxReplicas(4)
                .addNewMetric()
                .withType("External")
                .withNewExternal()
                .withNewMetric()
                .withName("queued")
                .endMetric()
                .withNewTarget()
                .withType("AverageValue")
                .withNewAverageValue("2")
                .endTarget()
                .endExternal()
                .endMetric()
                .withNewBehavior()
                .withNewScaleDown()
                .withStabilizationWindowSeconds(0)
                .endScaleDown()
                .endBehavior()
                .endSpec()
                .build();
    }
}
