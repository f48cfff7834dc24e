package dev.facefusion.tests.world;

import dev.facefusion.tests.scenario.Sighting;
import dev.facefusion.tests.simulation.Deed;
import dev.facefusion.tests.simulation.PodServer;
import dev.facefusion.tests.simulation.SimulatedPod;
import dev.facefusion.tests.simulation.SimulatedPod.ContainerState;
import dev.facefusion.tests.simulation.SimulatedPod.Identity;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plays what a node does for its pods beyond what kwok does: runs a simulated runtime at each
/// pod's address, and tells the API server of readiness, restarts and ends.
final class Kubelet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
    private static final Duration STEP = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final Map<String, PodReport> places = new ConcurrentHashMap<>();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();

    private record Running(Stage stage, SimulatedPod pod, PodServer server, PodReport report) {}

    Kubelet(KubernetesClient client) {
        this.client = client;
        var _ =
                ticks.scheduleAtFixedRate(
                        this::tick, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Takes note of a pod that has come or changed.
    void see(Stage stage, Pod pod) {
        if (pod.getStatus().getPodIP() == null) {
            return;
        }
        Running played =
                running.computeIfAbsent(pod.getMetadata().getUid(), _ -> start(stage, pod));
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            played.pod().end(Instant.now());
        }
    }

    /// A pod without a runtime is ready at once, and ends at once.
    void seePlace(Pod pod) {
        boolean leaving = pod.getMetadata().getDeletionTimestamp() != null;
        if (pod.getStatus().getPodIP() == null) {
            return;
        }
        var report =
                places.computeIfAbsent(pod.getMetadata().getUid(), _ -> new PodReport(client, pod));
        var state =
                new ContainerState(
                        0,
                        Instant.parse(pod.getMetadata().getCreationTimestamp()),
                        !leaving,
                        !leaving,
                        leaving);
        if (report.news(state)) {
            writers.execute(() -> report.write(state));
        }
    }

    void forget(Pod pod) {
        places.remove(pod.getMetadata().getUid());
        Running gone = running.remove(pod.getMetadata().getUid());
        if (gone != null) {
            gone.server().close();
        }
    }

    private Running start(Stage stage, Pod pod) {
        String name = pod.getMetadata().getName();
        var identity =
                new Identity(
                        pod.getMetadata().getUid(),
                        name,
                        pod.getSpec().getNodeName(),
                        stage.roster().number(name));
        stage.enter(identity);
        var simulated =
                new SimulatedPod(identity, stage.scenario().pods(), stage.faults(), Instant.now());
        try {
            return new Running(
                    stage,
                    simulated,
                    new PodServer(
                            pod.getStatus().getPodIP(), simulated, deed -> record(stage, deed)),
                    new PodReport(client, pod));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot play " + name, e);
        }
    }

    private static void record(Stage stage, Deed deed) {
        int ordinal = deed.pod().ordinal();
        if (deed.status() == 202) {
            stage.recording()
                    .add(at ->
                            new Sighting.Done(
                                    at,
                                    deed.verb().equals("drain")
                                            ? Sighting.Deed.DRAIN_ASKED
                                            : Sighting.Deed.RESTART_ASKED,
                                    Optional.of(ordinal),
                                    deed.instance()));
        } else {
            stage.recording()
                    .add(at ->
                            new Sighting.Staged(
                                    at,
                                    "refused   %s of pod %d with %d"
                                            .formatted(deed.verb(), ordinal, deed.status())));
        }
    }

    private void tick() {
        Instant now = Instant.now();
        Map<Stage, List<Running>> stages =
                running.values().stream().collect(Collectors.groupingBy(Running::stage));
        stages.forEach((stage, pods) -> {
            double tasks = stage.arrivals(STEP, now);
            long takers = pods.stream().filter(pod -> pod.pod().accepts(now)).count();
            pods.forEach(pod -> {
                boolean takes = takers > 0 && pod.pod().accepts(now);
                step(pod, now, takes ? tasks / takers : 0);
            });
        });
    }

    private void step(Running played, Instant now, double tasks) {
        try {
            var state = played.pod().advance(now, STEP, tasks);
            played.server().follow(played.pod());
            if (played.report().news(state)) {
                writers.execute(() -> played.report().write(state));
            }
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("pod", played.pod().identity().name())
                    .setCause(e)
                    .log("A pod can't be played");
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
        writers.shutdownNow();
        running.values().forEach(pod -> pod.server().close());
    }
}
