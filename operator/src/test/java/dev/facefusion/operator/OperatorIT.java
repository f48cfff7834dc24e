package dev.facefusion.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// The operator's whole process against a real API server, with its controllers, and with pods
/// whose health this test answers for itself.
class OperatorIT {
    /// Less than the lease's duration: it is given back, not left to run out.
    private static final Duration HANDOVER = Duration.ofSeconds(10);

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final K3sContainer K3S =
            new K3sContainer(
                    DockerImageName.parse(
                                    System.getenv()
                                            .getOrDefault("K3S_IMAGE", "rancher/k3s:v1.34.4-k3s1"))
                            .asCompatibleSubstituteFor("rancher/k3s"));

    private static KubernetesClient client;
    private static FakePods pods;
    private static OperatorMain operator;

    private String namespace;

    @BeforeAll
    static void startOperator() throws IOException {
        K3S.start();
        client = new KubernetesClientBuilder().withConfig(kubernetes()).build();
        client.load(crd()).create();
        pods = new FakePods(client);
        operator = operator("operator", false);
        operator.start();
    }

    @AfterAll
    static void stopOperator() {
        operator.close();
        pods.close();
        client.close();
        K3S.stop();
    }

    @BeforeEach
    void createNamespace() {
        namespace = "test-" + NAMESPACES.incrementAndGet();
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
    }

    @Test
    void appliesTheWorkloadAndReportsIt() {
        // when
        create("studio", "{replicas: 2}");

        // then
        eventually(() ->
                assertThat(condition("studio", Conditions.READY).getReason())
                        .isEqualTo("Progressing"));
        runUntilReady("studio");
        assertThat(owned("studio")).allSatisfy(object -> assertThat(object).isNotNull());
        assertThat(status("studio").readyReplicas()).isEqualTo(2);
        assertThat(status("studio").observedGeneration()).isEqualTo(1);
        eventually(() ->
                assertThat(condition("studio", Conditions.HEALTH_DATA_FRESH).getStatus())
                        .isEqualTo("True"));
    }

    @Test
    void writesNothingAtRestHoweverNoisyTheHealthIs() {
        // given
        create("studio", "{replicas: 1}");
        runUntilReady("studio");
        var pod = podsOf("studio").getFirst();
        pods.answer(pod, FakePods.healthy(10));
        eventually(() ->
                assertThat(condition("studio", Conditions.HEALTH_DATA_FRESH).getStatus())
                        .isEqualTo("True"));
        await().during(Duration.ofSeconds(2)).until(() -> true);
        var versions = versions("studio");

        // then
        var noise = new AtomicInteger();
        await().during(Duration.ofSeconds(6))
                .atMost(Duration.ofSeconds(12))
                .untilAsserted(() -> {
                    pods.answer(pod, FakePods.healthy(9 + noise.getAndIncrement() % 3));
                    assertThat(versions("studio")).isEqualTo(versions);
                });
    }

    @Test
    void listsAHangingPodAndReportsTheOthers() {
        // given
        create("studio", "{replicas: 2}");
        runUntilReady("studio");
        var victim = podsOf("studio").getFirst();

        // when
        pods.answer(victim, "");

        // then
        eventually(() ->
                assertThat(
                                Objects.requireNonNullElse(
                                        status("studio").unhealthyPods(), List.<UnhealthyPod>of()))
                        .extracting(UnhealthyPod::name, UnhealthyPod::reason)
                        .containsExactly(
                                tuple(victim.getMetadata().getName(), "HealthUnreachable")));
        assertThat(condition("studio", Conditions.READY).getReason()).isEqualTo("Degraded");
        assertThat(status("studio").readyReplicas()).isEqualTo(1);
        eventually(() ->
                assertThat(client.events().v1().events().inNamespace(namespace).list().getItems())
                        .anyMatch(event -> "HealthUnreachable".equals(event.getReason())));
    }

    @Test
    void undoesWhatSomebodyElseHasChanged() {
        // given
        create("studio", "{replicas: 1}");
        runUntilReady("studio");

        // when
        client.apps().deployments().inNamespace(namespace).withName("studio").scale(3);

        // then
        eventually(
                () -> assertThat(deployment("studio").get().getSpec().getReplicas()).isEqualTo(1));
    }

    @Test
    void leavesAStrangersObjectAlone() {
        // given
        var stranger =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName("studio")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build();
        client.resource(stranger).create();

        // when
        create("studio", "{replicas: 0}");

        // then
        eventually(() ->
                assertThat(condition("studio", Conditions.STALLED).getReason())
                        .isEqualTo("NameConflict"));
        assertThat(service("studio").get().getSpec().getPorts().getFirst().getPort()).isEqualTo(80);
        assertThat(service("studio").get().getMetadata().getManagedFields())
                .noneMatch(entry -> "facefusion-operator".equals(entry.getManager()));
    }

    @Test
    void saysThatTheApiServerRejectsTheSpec() {
        // when
        create("studio", "{replicas: 0, runtime: {env: [{name: \"=\", value: x}]}}");

        // then
        eventually(() ->
                assertThat(condition("studio", Conditions.STALLED).getReason())
                        .isEqualTo("InvalidSpec"));
        assertThat(condition("studio", Conditions.STALLED).getMessage())
                .contains("The API server rejects the Deployment");
    }

    @Test
    void takesAllPodsAwayWhileSuspended() {
        // given
        create("studio", "{replicas: 1}");
        runUntilReady("studio");

        // when
        patch("studio", "{\"spec\": {\"suspend\": true}}");

        // then
        eventually(() -> {
            assertThat(condition("studio", Conditions.READY).getReason()).isEqualTo("Suspended");
            assertThat(podsOf("studio")).isEmpty();
        });
    }

    @Test
    void bringsThePodsBackAfterwards() {
        // given
        create("studio", "{replicas: 1, suspend: true}");
        eventually(() ->
                assertThat(condition("studio", Conditions.READY).getReason())
                        .isEqualTo("Suspended"));

        // when
        patch("studio", "{\"spec\": {\"suspend\": false}}");

        // then
        runUntilReady("studio");
    }

    @Test
    void leavesNothingBehind() {
        // given
        create("studio", "{replicas: 1}");
        runUntilReady("studio");

        // when
        cluster("studio").delete();

        // then
        eventually(() -> {
            assertThat(owned("studio")).allSatisfy(object -> assertThat(object).isNull());
            assertThat(podsOf("studio")).isEmpty();
        });
    }

    @Test
    void handsOverAtOnceWhenTheLeaderIsStopped() throws IOException {
        // given
        operator.close();
        var leader = operator("leader", true);
        leader.start();
        eventually(() -> assertThat(holder()).isEqualTo("leader"));
        try (var standby = operator("standby", true)) {
            standby.start();

            // when
            leader.close();

            // then
            await().atMost(HANDOVER).until(() -> "standby".equals(holder()));
            create("studio", "{replicas: 0}");
            eventually(() -> assertThat(deployment("studio").get()).isNotNull());
        } finally {
            operator = operator("again", false);
            operator.start();
        }
    }

    private static String holder() {
        var lease = client.leases().inNamespace("default").withName("facefusion-operator").get();
        return lease == null
                ? ""
                : Objects.requireNonNullElse(lease.getSpec().getHolderIdentity(), "");
    }

    private static OperatorMain operator(String name, boolean election) throws IOException {
        return new OperatorMain(
                new OperatorConfig(
                        Set.of(),
                        "facefusion-runtime:test",
                        name,
                        "default",
                        Map.of(),
                        "",
                        "",
                        "",
                        election,
                        0),
                kubernetes());
    }

    private static Config kubernetes() {
        return Config.fromKubeconfig(K3S.getKubeConfigYaml());
    }

    private static InputStream crd() {
        var file = "/META-INF/fabric8/facefusionclusters.facefusion.dev-v1.yml";
        return Objects.requireNonNull(FaceFusionCluster.class.getResourceAsStream(file), file);
    }

    /// A cluster whose pods no node takes, polled often.
    private void create(String name, String spec) {
        var cluster =
                Serialization.unmarshal(
                        """
                        apiVersion: facefusion.dev/v1alpha1
                        kind: FaceFusionCluster
                        metadata: {name: %s, namespace: %s}
                        spec: %s
                        """
                                .formatted(
                                        name,
                                        namespace,
                                        spec.replaceFirst(
                                                "\\{",
                                                """
                                                {gpu: {count: 0}, scheduling: {nodeSelector: {no: node}}, \
                                                health: {periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 2}, \
                                                """)),
                        FaceFusionCluster.class);
        client.resource(cluster).create();
    }

    private void patch(String name, String json) {
        cluster(name).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private void runUntilReady(String name) {
        eventually(() -> {
            pods.runAll(namespace);
            var ready = condition(name, Conditions.READY);
            assertThat(ready.getReason()).isEqualTo("Ready");
        });
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(assertion);
    }

    private Resource<FaceFusionCluster> cluster(String name) {
        return client.resources(FaceFusionCluster.class).inNamespace(namespace).withName(name);
    }

    private FaceFusionClusterStatus status(String name) {
        return Objects.requireNonNullElseGet(
                cluster(name).require().getStatus(),
                () -> {
                    throw new AssertionError("no status yet");
                });
    }

    private Condition condition(String name, String type) {
        return Objects.requireNonNullElse(status(name).conditions(), List.<Condition>of()).stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type));
    }

    private Resource<Deployment> deployment(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }

    private Resource<Service> service(String name) {
        return client.services().inNamespace(namespace).withName(name);
    }

    private Resource<PodDisruptionBudget> disruptionBudget(String name) {
        return client.policy().v1().podDisruptionBudget().inNamespace(namespace).withName(name);
    }

    private List<HasMetadata> owned(String name) {
        return Stream.<Resource<? extends HasMetadata>>of(
                        deployment(name), service(name), disruptionBudget(name))
                .<HasMetadata>map(Resource::get)
                .toList();
    }

    private List<Pod> podsOf(String name) {
        return client.pods()
                .inNamespace(namespace)
                .withLabel("facefusion.dev/cluster", name)
                .list()
                .getItems();
    }

    private List<String> versions(String name) {
        return Stream.concat(Stream.of(cluster(name).require()), owned(name).stream())
                .map(object -> object.getKind() + " " + object.getMetadata().getResourceVersion())
                .toList();
    }
}
