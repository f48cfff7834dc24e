package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.consistently;
import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.tests.cluster.AuditLog;
import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.ConditionHistory;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestCluster;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class FleetLifecycleE2E {
    private final TestCluster cluster;
    private final TestNamespace namespace;
    private final Fleet fleet;

    FleetLifecycleE2E(TestCluster cluster, TestNamespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.fleet = Fleet.create(namespace, "studio", 2);
    }

    @BeforeEach
    void startWithTwoReadyPods() {
        fleet.patch("{\"spec\": {\"replicas\": 2, \"suspend\": false}}");
        fleet.awaitReady();
    }

    @Test
    void isDegradedWhileADeletedPodIsReplaced() {
        try (var degraded = ConditionHistory.of(fleet, Conditions.DEGRADED);
                var reconciling = ConditionHistory.of(fleet, Conditions.RECONCILING)) {
            // given
            Pod victim = fleet.pods().getFirst();

            // when
            namespace.client().resource(victim).delete();

            // then
            eventually(() ->
                    assertThat(degraded.statuses()).containsExactly("False", "True", "False"));
            assertThat(reconciling.statuses()).containsExactly("False");
            assertThat(fleet.status().readyReplicas()).isEqualTo(2);
        }
    }

    @Test
    void rollsAChangedSpecOutExactlyOnce() {
        try (var reconciling = ConditionHistory.of(fleet, Conditions.RECONCILING)) {
            // given
            int revision = revision();

            // when
            fleet.patch("{\"spec\": {\"runtime\": {\"queueCapacity\": 16}}}");

            // then
            fleet.awaitReady();
            assertThat(reconciling.statuses()).containsExactly("False", "True", "False");
            assertThat(revision()).isEqualTo(revision + 1);
            assertThat(fleet.status().updatedReplicas()).isEqualTo(2);
            assertThat(fleet.pods())
                    .hasSize(2)
                    .allSatisfy(pod ->
                            assertThat(environment(pod))
                                    .contains(new EnvVar("QUEUE_CAPACITY", "16", null)));
        }
    }

    @Test
    void scalesThroughItsScaleSubresource() {
        // given
        assertThat(fleet.scale().getStatus().getReplicas()).isEqualTo(2);

        // when
        fleet.scale(1);

        // then
        fleet.awaitReady();
        eventually(() -> assertThat(fleet.pods()).hasSize(1));
        assertThat(fleet.status().desiredReplicas()).isEqualTo(1);
        var selector = fleet.scale().getStatus().getSelector();
        eventually(() -> assertThat(podsMatching(selector)).isEqualTo(1));
    }

    @Test
    void suspendsToNoPodsAndKeepsTheRest() {
        // given
        String suspended = "{\"spec\": {\"suspend\": true}}";

        // when
        fleet.patch(suspended);

        // then
        awaitNoPods();
        assertThat(fleet.status().desiredReplicas()).isZero();
        assertThat(fleet.objects())
                .contains("Service/studio", "PodDisruptionBudget/studio", "Deployment/studio");
    }

    @Test
    void bringsThePodsBackWhenItIsResumed() {
        // given
        fleet.patch("{\"spec\": {\"suspend\": true}}");
        awaitNoPods();

        // when
        fleet.patch("{\"spec\": {\"suspend\": false}}");

        // then
        fleet.awaitReady();
        assertThat(fleet.status().readyReplicas()).isEqualTo(2);
    }

    @Test
    void writesNothingWhereNothingChanged() {
        // given
        awaitRest();
        AuditLog before = cluster.audit();

        // when
        fleet.deployment().edit(FleetLifecycleE2E::touch);

        // then
        consistently(
                () -> assertThat(cluster.audit().writesSince(before, namespace.name())).isEmpty());
    }

    @Test
    void leavesNothingBehindWhenDeleted() {
        // given
        Fleet shortLived = Fleet.create(namespace, "short-lived", 1);
        shortLived.awaitReady();
        assertThat(shortLived.objects())
                .contains(
                        "FaceFusionCluster/short-lived",
                        "Deployment/short-lived",
                        "Service/short-lived",
                        "PodDisruptionBudget/short-lived",
                        "NetworkPolicy/short-lived");

        // when
        shortLived.delete();

        // then
        eventually(() -> assertThat(shortLived.objects()).isEmpty());
    }

    /// No pod is leaving any more, and every other one has told of its health.
    private void awaitRest() {
        eventually(() -> {
            assertThat(fleet.status().drainingReplicas()).isZero();
            assertThat(fleet.condition(Conditions.HEALTH_DATA_FRESH)).isEqualTo("True");
        });
    }

    private void awaitNoPods() {
        eventually(() -> {
            assertThat(fleet.pods()).isEmpty();
            assertThat(fleet.status().replicas()).isZero();
        });
    }

    /// Wakes the operator without changing anything that it wants. An annotation would not do: it
    /// counts as a new generation of the Deployment.
    private static Deployment touch(Deployment deployment) {
        return deployment
                .edit()
                .editMetadata()
                .addToLabels("example.org/touched", "true")
                .endMetadata()
                .build();
    }

    private int revision() {
        return Integer.parseInt(
                fleet.deployment()
                        .require()
                        .getMetadata()
                        .getAnnotations()
                        .get("deployment.kubernetes.io/revision"));
    }

    private int podsMatching(String selector) {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabelSelector(selector)
                .list()
                .getItems()
                .size();
    }

    private static List<EnvVar> environment(Pod pod) {
        return pod.getSpec().getContainers().getFirst().getEnv();
    }
}
