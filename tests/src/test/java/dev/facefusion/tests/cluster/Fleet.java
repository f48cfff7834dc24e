package dev.facefusion.tests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Remediation;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Treatment;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;

/// One FaceFusionCluster in the cluster: what a test does to it and asks of it.
public final class Fleet {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration FOUR_HEALTH_PERIODS = Duration.ofSeconds(8);

    private final TestNamespace namespace;
    private final String name;

    private Fleet(TestNamespace namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    /// Creates a fleet on CPUs: small enough for several on two cores, polled often, judged fast.
    public static Fleet create(TestNamespace namespace, String name, int replicas) {
        return apply(
                namespace,
                """
                apiVersion: facefusion.dev/v1alpha1
                kind: FaceFusionCluster
                metadata:
                  name: %s
                spec:
                  replicas: %d
                  runtime:
                    executionProviders: [cpu]
                    executionThreads: 1
                  gpu:
                    count: 0
                  resources:
                    requests: {cpu: 50m, memory: 256Mi}
                    limits: {memory: 1Gi}
                  health:
                    periodSeconds: 2
                    timeoutSeconds: 1
                    failureThreshold: 2
                    successThreshold: 1
                """
                        .formatted(name, replicas));
    }

    /// Creates one that differs from the others; nothing of it runs before it does.
    ///
    /// @param difference a JSON merge patch, which also says how many replicas
    public static Fleet create(TestNamespace namespace, String name, String difference) {
        Fleet fleet = create(namespace, name, 0);
        fleet.patch(difference);
        return fleet;
    }

    /// Creates what a manifest describes.
    public static Fleet apply(TestNamespace namespace, String manifest) {
        var created =
                namespace
                        .client()
                        .resources(FaceFusionCluster.class)
                        .inNamespace(namespace.name())
                        .load(new ByteArrayInputStream(manifest.getBytes(UTF_8)))
                        .create();
        return new Fleet(namespace, created.getMetadata().getName());
    }

    /// Creates or changes what a manifest describes, as tools for GitOps do.
    public static Fleet serverSideApply(TestNamespace namespace, String manifest) {
        var applied =
                namespace
                        .client()
                        .resources(FaceFusionCluster.class)
                        .inNamespace(namespace.name())
                        .load(new ByteArrayInputStream(manifest.getBytes(UTF_8)))
                        .fieldManager("gitops")
                        .forceConflicts()
                        .serverSideApply();
        return new Fleet(namespace, applied.getMetadata().getName());
    }

    /// Waits until an assertion holds, and fails with the last one that did not.
    public static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .pollInSameThread()
                .untilAsserted(assertion);
    }

    /// Waits until an assertion holds for four of the periods in which [#create] has pods polled:
    /// what the operator has not done by then it does not do.
    public static void consistently(ThrowingRunnable assertion) {
        await().during(FOUR_HEALTH_PERIODS)
                .atMost(FOUR_HEALTH_PERIODS.multipliedBy(2))
                .pollInSameThread()
                .untilAsserted(assertion);
    }

    public String name() {
        return name;
    }

    public FaceFusionCluster get() {
        return resource().require();
    }

    /// What the operator reported; fails where it has not yet.
    public FaceFusionClusterStatus status() {
        return Optional.ofNullable(get().getStatus())
                .orElseThrow(() -> new AssertionError(name + " has no status yet"));
    }

    /// Status of a condition at the spec's present generation: `True`, `False`, `Unknown`, or
    /// `stale` where the operator has not seen that generation.
    public String condition(String type) {
        FaceFusionCluster cluster = get();
        Condition condition = find(cluster, type);
        return Objects.equals(
                        condition.getObservedGeneration(), cluster.getMetadata().getGeneration())
                ? condition.getStatus()
                : "stale";
    }

    public String reason(String type) {
        return find(get(), type).getReason();
    }

    public String message(String type) {
        return find(get(), type).getMessage();
    }

    private static Condition find(FaceFusionCluster cluster, String type) {
        return Optional.ofNullable(cluster.getStatus())
                .map(FaceFusionClusterStatus::conditions)
                .orElse(List.of())
                .stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no condition " + type + " yet"));
    }

    public List<UnhealthyPod> unhealthyPods() {
        return Optional.ofNullable(status().unhealthyPods()).orElse(List.of());
    }

    /// Use of the fullest GPU's memory, in steps of 5; empty where no pod reports one.
    public Optional<Integer> vramUsedPercentMax() {
        return Optional.ofNullable(status().fleet())
                .map(FaceFusionClusterStatus.Fleet::vramUsedPercentMax);
    }

    /// What was begun about pods, oldest first, however it ended.
    public List<Treatment> treatments() {
        return Optional.ofNullable(status().remediation())
                .map(Remediation::treatments)
                .orElse(List.of());
    }

    /// What the operator's events say it does for a reason, oldest first; `Report` where it does
    /// nothing but say so.
    public List<String> announced(String reason) {
        return namespace
                .client()
                .events()
                .v1()
                .events()
                .inNamespace(namespace.name())
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getRegarding().getName().equals(name))
                .filter(event -> event.getReason().equals(reason))
                .sorted(Comparator.comparing(event -> event.getEventTime().getTime()))
                .map(Event::getAction)
                .toList();
    }

    public void awaitReady() {
        eventually(() -> {
            // A fleet that serves with fewer pods than wanted is ready too.
            if (!condition(Conditions.READY).equals("True")
                    || reason(Conditions.READY).equals("Degraded")) {
                throw new AssertionError("%s is %s".formatted(name, get().getStatus()));
            }
        });
    }

    /// Changes the resource as `kubectl patch --type merge` does.
    public void patch(String json) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    /// Writes the subresource `/scale`, as `kubectl scale` and autoscalers do.
    public void scale(int replicas) {
        Scale scale = resource().scale();
        scale.getSpec().setReplicas(replicas);
        var _ = resource().scale(scale);
    }

    /// The subresource `/scale`, as autoscalers read it.
    public Scale scale() {
        return resource().scale();
    }

    public Resource<FaceFusionCluster> resource() {
        return namespace
                .client()
                .resources(FaceFusionCluster.class)
                .inNamespace(namespace.name())
                .withName(name);
    }

    /// Pods that are not being deleted.
    public List<Pod> pods() {
        return namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withLabel("facefusion.dev/cluster", name)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    public RollableScalableResource<Deployment> deployment() {
        return namespace.client().apps().deployments().inNamespace(namespace.name()).withName(name);
    }

    /// Every object in the namespace that bears the fleet's label or name, as `Kind/name`.
    public List<String> objects() {
        var client = namespace.client();
        return Stream.of(
                        client.pods(),
                        client.services(),
                        client.apps().deployments(),
                        client.apps().replicaSets(),
                        client.policy().v1().podDisruptionBudget(),
                        client.network().v1().networkPolicies(),
                        client.resources(FaceFusionCluster.class))
                .flatMap(kind -> kind.inNamespace(namespace.name()).list().getItems().stream())
                .map(HasMetadata.class::cast)
                .filter(this::mine)
                .map(object -> object.getKind() + "/" + object.getMetadata().getName())
                .toList();
    }

    private boolean mine(HasMetadata object) {
        return object.getMetadata().getName().equals(name)
                || Optional.ofNullable(object.getMetadata().getLabels())
                        .map(labels -> name.equals(labels.get("facefusion.dev/cluster")))
                        .orElse(false);
    }

    public void delete() {
        var _ = resource().delete();
    }
}
