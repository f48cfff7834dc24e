package dev.facefusion.tests.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.facefusion.tests.scenario.Report;
import dev.facefusion.tests.scenario.Sighting;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// Watches the whole cluster and writes into each stage's recording what concerns it.
final class Spectators implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Kubelet kubelet;
    private final KstatusReader kstatus;
    private final Map<String, Stage> stages = new ConcurrentHashMap<>();
    private final Map<String, PodHistory> histories = new ConcurrentHashMap<>();
    private final Map<String, Report> reports = new ConcurrentHashMap<>();
    private final Map<String, Integer> scales = new ConcurrentHashMap<>();
    private final List<SharedIndexInformer<?>> informers;

    Spectators(KubernetesClient client, Kubelet kubelet, KstatusReader kstatus) {
        this.kubelet = kubelet;
        this.kstatus = kstatus;
        this.informers =
                List.of(
                        client.pods().inAnyNamespace().inform(handler(this::pod, this::podGone)),
                        client.events()
                                .v1()
                                .events()
                                .inAnyNamespace()
                                .inform(handler(this::event, (_, _) -> {})),
                        client.apps()
                                .deployments()
                                .inAnyNamespace()
                                .inform(handler(this::deployment, (_, _) -> {})),
                        client.genericKubernetesResources(
                                        "facefusion.dev/v1alpha1", "FaceFusionCluster")
                                .inAnyNamespace()
                                .inform(handler(this::cluster, this::clusterGone)));
    }

    /// Everything in the stage's namespace is recorded from now on.
    void attend(Stage stage) {
        histories.put(stage.namespace(), new PodHistory(stage));
        stages.put(stage.namespace(), stage);
    }

    /// The newest status of the stage's fleet.
    Optional<Report> report(Stage stage) {
        return Optional.ofNullable(reports.get(stage.namespace()));
    }

    void leave(Stage stage) {
        stages.remove(stage.namespace());
        histories.remove(stage.namespace());
    }

    private void pod(Stage stage, Pod pod) {
        PodHistory history = histories.get(stage.namespace());
        if (history == null) {
            return;
        }
        if (PodHistory.plays(pod)) {
            history.see(pod);
            kubelet.see(stage, pod);
        } else {
            history.seePlace(pod);
            kubelet.seePlace(pod);
        }
    }

    private void podGone(Stage stage, Pod pod) {
        kubelet.forget(pod);
        PodHistory history = histories.get(stage.namespace());
        if (history == null) {
            return;
        }
        if (PodHistory.plays(pod)) {
            history.forget(pod);
        } else {
            history.forgetPlace(pod);
        }
    }

    private void event(Stage stage, Event event) {
        if (!"FaceFusionCluster".equals(event.getRegarding().getKind())) {
            return;
        }
        Instant at =
                event.getEventTime() == null
                        ? Instant.now()
                        : Instant.parse(event.getEventTime().getTime());
        Optional<Integer> pod =
                Optional.ofNullable(event.getRelated())
                        .filter(related -> "Pod".equals(related.getKind()))
                        .flatMap(related -> stage.roster().find(related.getName()));
        stage.recording()
                .add(
                        at,
                        since ->
                                new Sighting.Announced(
                                        since,
                                        event.getAction(),
                                        event.getReason(),
                                        pod,
                                        event.getNote()));
    }

    private void deployment(Stage stage, Deployment deployment) {
        Integer replicas = deployment.getSpec().getReplicas();
        if (!replicas.equals(scales.put(stage.namespace(), replicas))) {
            stage.recording()
                    .add(at ->
                            new Sighting.Done(
                                    at,
                                    Sighting.Deed.SCALED,
                                    Optional.empty(),
                                    replicas.toString()));
        }
    }

    private void cluster(Stage stage, GenericKubernetesResource cluster) {
        JsonNode json = JSON.valueToTree(cluster);
        var report =
                Report.of(
                        json.path("status"),
                        name -> stage.roster().find(name).orElse(-1),
                        kstatus.read(json.toString()));
        if (!report.equals(reports.put(stage.namespace(), report))) {
            stage.recording().add(at -> new Sighting.Reported(at, report));
        }
    }

    private void clusterGone(Stage stage, GenericKubernetesResource cluster) {
        stage.recording()
                .add(at ->
                        new Sighting.Staged(
                                at, "deleted   " + cluster.getMetadata().getName() + " is gone"));
    }

    private <T extends HasMetadata> ResourceEventHandler<T> handler(
            BiConsumer<Stage, T> seen, BiConsumer<Stage, T> gone) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                tell(object, seen);
            }

            @Override
            public void onUpdate(T before, T object) {
                tell(object, seen);
            }

            @Override
            public void onDelete(T object, boolean unknown) {
                tell(object, gone);
            }
        };
    }

    private <T extends HasMetadata> void tell(T object, BiConsumer<Stage, T> listener) {
        Stage stage = stages.get(object.getMetadata().getNamespace());
        if (stage != null) {
            listener.accept(stage, object);
        }
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }
}
