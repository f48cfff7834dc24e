package dev.facefusion.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.ResourceNotFoundException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// How changes reach the pods: the operator's whole process against a real API server, with its
/// Deployment controller and its scheduler, which finds no node for any pod.
class RolloutIT {
    private static final String OLD = "facefusion-runtime:old";
    private static final String NEW = "facefusion-runtime:new";
    private static final String NAME = "studio";

    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final K3sContainer K3S =
            new K3sContainer(
                    DockerImageName.parse(
                                    System.getenv()
                                            .getOrDefault("K3S_IMAGE", "rancher/k3s:v1.34.4-k3s1"))
                            .asCompatibleSubstituteFor("rancher/k3s"));

    private static KubernetesClient client;
    private static FakePods pods;

    private String namespace;
    private OperatorMain operator;

    @BeforeAll
    static void startCluster() {
        K3S.start();
        client = new KubernetesClientBuilder().withConfig(kubernetes()).build();
        var crd = "/META-INF/fabric8/facefusionclusters.facefusion.dev-v1.yml";
        client.load(Objects.requireNonNull(FaceFusionCluster.class.getResourceAsStream(crd), crd))
                .create();
        pods = new FakePods(client);
    }

    @AfterAll
    static void stopCluster() {
        pods.close();
        client.close();
        K3S.stop();
    }

    @BeforeEach
    void startOperator() throws IOException {
        namespace = "rollout-" + NAMESPACES.incrementAndGet();
        client.resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(namespace)
                                .endMetadata()
                                .build())
                .create();
        operator = operator(OLD);
    }

    @AfterEach
    void stopOperator() {
        operator.close();
    }

    @Test
    void goesOnInPlaceWhereNoNodeTakesTheSurgeAndBeginsTheNextWithItAgain() {
        // given
        create("{replicas: 2}");
        runUntilReady();
        assertThat(strategy()).isEqualTo(surge(1, 0));

        // when
        patch("{\"spec\": {\"runtime\": {\"queueCapacity\": 16}}}");

        // then
        eventually(() -> assertThat(strategy()).isEqualTo(surge(0, 1)));
        assertThat(condition(Conditions.RECONCILING).getStatus()).isEqualTo("True");
        runUntilReady();
        eventually(() -> {
            assertThat(strategy()).isEqualTo(surge(1, 0));
            assertThat(livePods()).hasSize(2);
            assertThat(condition(Conditions.RECONCILING).getStatus()).isEqualTo("False");
        });
        assertThat(condition(Conditions.STALLED).getStatus()).isEqualTo("False");
    }

    @Test
    void rollsAFullClusterOneByOne() {
        try (var _ = new FakeNode(client, namespace, 2)) {
            // given
            apply(
                    """
                    {replicas: 2, scheduling: {nodeSelector: {kubernetes.io/hostname: %s}},
                     health: {periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 2}}
                    """
                            .formatted(namespace));
            runBoundUntilReady(2);
            var before = revisions();

            // when
            patch("{\"spec\": {\"runtime\": {\"queueCapacity\": 16}}}");

            // then
            var stalled = new HashSet<String>();
            var serving = new HashSet<Integer>();
            eventually(() -> {
                pods.runBound(namespace);
                stalled.add(condition(Conditions.STALLED).getStatus());
                serving.add(Math.toIntExact(livePods().stream().filter(RolloutIT::ready).count()));
                assertThat(revisions()).hasSize(1).isNotEqualTo(before);
                assertThat(strategy()).isEqualTo(surge(1, 0));
            });
            runBoundUntilReady(2);
            assertThat(stalled).containsExactly("False");
            assertThat(serving).doesNotContain(0);
            assertThat(condition(Conditions.DEGRADED).getStatus()).isEqualTo("False");
        }
    }

    @Test
    void saysInTheSchedulersWordsWhatAMissedDeadlineIsDueTo() {
        // when
        create("{replicas: 1, update: {progressDeadlineSeconds: 30}}");

        // then
        eventually(() -> {
            var stalled = condition(Conditions.STALLED);
            assertThat(stalled.getStatus()).isEqualTo("True");
            assertThat(stalled.getReason()).isEqualTo("Unschedulable");
            assertThat(stalled.getMessage())
                    .contains("Kubernetes says: ")
                    .contains("node affinity/selector")
                    .doesNotContain("0/");
        });
        assertThat(condition(Conditions.RECONCILING).getStatus()).isEqualTo("False");
    }

    @Test
    void takesTheSurgeOfTheSpecAsItIs() {
        // when
        create("{replicas: 4, update: {maxSurge: 50%, maxUnavailable: 2}}");

        // then
        eventually(() -> {
            assertThat(strategy().getMaxSurge()).isEqualTo(new IntOrString("50%"));
            assertThat(strategy().getMaxUnavailable()).isEqualTo(new IntOrString(2));
        });
    }

    @Test
    void leavesANewerOperatorsTemplateUntilTheUsersNextChange() throws IOException {
        // given
        create("{replicas: 1}");
        runUntilReady();
        var template = template();

        // when
        restartOperatorWith(NEW);

        // then
        eventually(() -> assertPending("OperatorChanged"));
        assertThat(condition(Conditions.RECONCILING).getStatus()).isEqualTo("False");
        patch("{\"spec\": {\"replicas\": 2}}");
        runUntilReady();
        assertThat(livePods()).hasSize(2);
        assertThat(template()).isEqualTo(template);
        assertThat(replicaSets()).isEqualTo(1);
        assertAtRest();

        // when
        patch("{\"spec\": {\"runtime\": {\"queueCapacity\": 16}}}");

        // then
        eventually(() -> assertThat(image()).isEqualTo(NEW));
        runUntilReady();
        assertThat(condition(Conditions.UPDATE_PENDING).getStatus()).isEqualTo("False");
    }

    @Test
    void rollsANewerOperatorsTemplateOutAtOnceWhereTheUserWantsIt() throws IOException {
        // given
        create("{replicas: 1, update: {operatorChanges: Apply}}");
        runUntilReady();

        // when
        restartOperatorWith(NEW);

        // then
        eventually(() -> assertThat(image()).isEqualTo(NEW));
    }

    @Test
    void takesOverWhatAnOlderOperatorHasLeftUnmarked() throws IOException {
        // given
        create("{replicas: 1}");
        runUntilReady();
        operator.close();
        deployment().edit(RolloutIT::unmarked);
        var template = template();

        // when
        operator = operator(OLD);

        // then
        eventually(() -> {
            assertPending("OperatorChanged");
            assertThat(deployment().get().getMetadata().getAnnotations())
                    .containsKey("facefusion.dev/requested");
        });
        assertThat(template()).isEqualTo(template);
        runUntilReady();
        assertAtRest();
    }

    @Test
    void repairsATemplateThatSomebodyHasChanged() {
        // given
        create("{replicas: 1}");
        runUntilReady();

        // when
        deployment()
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\","
                                + " \"value\": \"stranger\"}]");

        // then
        eventually(() -> assertThat(image()).isEqualTo(OLD));
    }

    @Test
    void changesNothingWhilePausedAndGoesOnAfterwards() {
        // given
        create("{replicas: 1}");
        runUntilReady();
        annotate("facefusion.dev/paused", "\"true\"");
        eventually(() ->
                assertThat(condition(Conditions.RECONCILING).getReason()).isEqualTo("Paused"));

        // when
        deployment().scale(2);
        patch("{\"spec\": {\"runtime\": {\"queueCapacity\": 16}}}");

        // then
        eventually(() -> assertPending("Paused"));
        assertThat(condition(Conditions.RECONCILING).getStatus()).isEqualTo("False");
        assertThat(deployment().get().getSpec().getReplicas()).isEqualTo(2);
        assertThat(environment()).containsEntry("QUEUE_CAPACITY", "32");

        // when
        annotate("facefusion.dev/paused", "null");

        // then
        eventually(() -> {
            assertThat(deployment().get().getSpec().getReplicas()).isEqualTo(1);
            assertThat(environment()).containsEntry("QUEUE_CAPACITY", "16");
        });
        runUntilReady();
        assertThat(condition(Conditions.UPDATE_PENDING).getStatus()).isEqualTo("False");
    }

    @Test
    void restartsEveryPodForAnAnnotation() {
        // given
        create("{replicas: 1}");
        runUntilReady();
        var before = livePods().getFirst().getMetadata().getUid();

        // when
        annotate("facefusion.dev/restartedAt", "\"monday\"");

        // then
        eventually(() -> {
            pods.runAll(namespace);
            assertThat(livePods())
                    .hasSize(1)
                    .allSatisfy(pod -> {
                        assertThat(pod.getMetadata().getUid()).isNotEqualTo(before);
                        assertThat(pod.getMetadata().getAnnotations())
                                .containsEntry("facefusion.dev/restartedAt", "monday");
                    });
        });
    }

    @Test
    void guardsThePodsUnlessTheUserWantsNone() {
        // given
        create("{replicas: 0}");
        eventually(() ->
                assertThat(networkPolicy().require().getSpec().getIngress().get(1).getFrom())
                        .hasSize(1));

        // when
        patch("{\"spec\": {\"networkPolicy\": \"Disabled\"}}");

        // then
        eventually(() -> assertThat(networkPolicy().get()).isNull());
    }

    @Test
    void removesNoStrangersPolicy() {
        // given
        client.resource(
                        new NetworkPolicyBuilder()
                                .withNewMetadata()
                                .withName(NAME)
                                .withNamespace(namespace)
                                .addToLabels("app.kubernetes.io/managed-by", "facefusion-operator")
                                .endMetadata()
                                .withNewSpec()
                                .withNewPodSelector()
                                .endPodSelector()
                                .endSpec()
                                .build())
                .create();

        // when
        create("{replicas: 0, networkPolicy: Disabled}");

        // then
        eventually(() -> assertThat(condition(Conditions.READY).getStatus()).isEqualTo("True"));
        assertThat(networkPolicy().get()).isNotNull();
    }

    private static OperatorMain operator(String runtimeImage) throws IOException {
        var operator =
                new OperatorMain(
                        new OperatorConfig(
                                Set.of(),
                                runtimeImage,
                                "operator",
                                "default",
                                Map.of("app", "operator"),
                                "",
                                "",
                                "",
                                false,
                                0),
                        kubernetes());
        operator.start();
        return operator;
    }

    private void restartOperatorWith(String runtimeImage) throws IOException {
        operator.close();
        operator = operator(runtimeImage);
    }

    private static Config kubernetes() {
        return Config.fromKubeconfig(K3S.getKubeConfigYaml());
    }

    /// A cluster whose pods no node takes, polled often.
    private void create(String spec) {
        var fields =
                "{gpu: {count: 0}, scheduling: {nodeSelector: {no: node}},"
                        + " health: {periodSeconds: 2, timeoutSeconds: 1, failureThreshold: 2}, ";
        apply(spec.replaceFirst("\\{", fields));
    }

    private void apply(String spec) {
        var cluster =
                Serialization.unmarshal(
                        """
                        apiVersion: facefusion.dev/v1alpha1
                        kind: FaceFusionCluster
                        metadata: {name: %s, namespace: %s}
                        spec: %s
                        """
                                .formatted(NAME, namespace, spec.strip().replace("\n", " ")),
                        FaceFusionCluster.class);
        client.resource(cluster).create();
    }

    private void patch(String json) {
        cluster().patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private void annotate(String name, String json) {
        patch("{\"metadata\": {\"annotations\": {\"%s\": %s}}}".formatted(name, json));
    }

    private static Deployment unmarked(Deployment deployment) {
        return new DeploymentBuilder(deployment)
                .editMetadata()
                .removeFromAnnotations("facefusion.dev/requested")
                .endMetadata()
                .editSpec()
                .editTemplate()
                .editMetadata()
                .removeFromAnnotations("facefusion.dev/revision")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .build();
    }

    private void runUntilReady() {
        eventually(() -> {
            pods.runAll(namespace);
            var cluster = cluster().require();
            var ready = condition(Conditions.READY);
            assertThat(ready.getReason()).isEqualTo("Ready");
            assertThat(ready.getObservedGeneration())
                    .isEqualTo(cluster.getMetadata().getGeneration());
        });
    }

    private void runBoundUntilReady(int replicas) {
        eventually(() -> {
            pods.runBound(namespace);
            assertThat(condition(Conditions.READY).getReason()).isEqualTo("Ready");
            assertThat(livePods()).hasSize(replicas).allMatch(RolloutIT::ready);
        });
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(condition ->
                        condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private Set<String> revisions() {
        return livePods().stream()
                .map(pod -> pod.getMetadata().getAnnotations().get("facefusion.dev/revision"))
                .collect(Collectors.toSet());
    }

    private void assertPending(String reason) {
        var pending = condition(Conditions.UPDATE_PENDING);
        assertThat(pending.getStatus()).isEqualTo("True");
        assertThat(pending.getReason()).isEqualTo(reason);
    }

    private void assertAtRest() {
        await().during(Duration.ofSeconds(2)).until(() -> true);
        var version = deployment().get().getMetadata().getGeneration();
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(8))
                .untilAsserted(() ->
                        assertThat(deployment().get().getMetadata().getGeneration())
                                .isEqualTo(version));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(ResourceNotFoundException.class)
                .untilAsserted(assertion);
    }

    private Resource<FaceFusionCluster> cluster() {
        return client.resources(FaceFusionCluster.class).inNamespace(namespace).withName(NAME);
    }

    private Condition condition(String type) {
        var status = cluster().require().getStatus();
        if (status == null || status.conditions() == null) {
            throw new AssertionError("no conditions yet");
        }
        return status.conditions().stream()
                .filter(condition -> type.equals(condition.getType()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type));
    }

    private RollableScalableResource<Deployment> deployment() {
        return client.apps().deployments().inNamespace(namespace).withName(NAME);
    }

    private Resource<NetworkPolicy> networkPolicy() {
        return client.network().v1().networkPolicies().inNamespace(namespace).withName(NAME);
    }

    private PodTemplateSpec template() {
        return deployment().require().getSpec().getTemplate();
    }

    private String image() {
        return template().getSpec().getContainers().getFirst().getImage();
    }

    private Map<String, String> environment() {
        return template().getSpec().getContainers().getFirst().getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .collect(
                        Collectors.toMap(
                                variable -> variable.getName(), variable -> variable.getValue()));
    }

    private RollingUpdateDeployment strategy() {
        return deployment().require().getSpec().getStrategy().getRollingUpdate();
    }

    private static RollingUpdateDeployment surge(int maxSurge, int maxUnavailable) {
        return new RollingUpdateDeployment(
                new IntOrString(maxSurge), new IntOrString(maxUnavailable));
    }

    private int replicaSets() {
        return client.apps()
                .replicaSets()
                .inNamespace(namespace)
                .withLabel("facefusion.dev/cluster", NAME)
                .list()
                .getItems()
                .size();
    }

    private List<Pod> livePods() {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel("facefusion.dev/cluster", NAME)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }
}
