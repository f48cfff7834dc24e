package dev.facefusion.tests.world;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facefusion.tests.simulation.SimulatedPod.ContainerState;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the API server how a pod's container is, as a kubelet does: only what has changed, one
/// write at a time.
final class PodReport {
    private static final Logger LOG = LoggerFactory.getLogger(PodReport.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NOT_FOUND = 404;

    private final KubernetesClient client;
    private final Pod pod;
    private Optional<ContainerState> reported = Optional.empty();
    private Writer writer = Writer.IDLE;

    private enum Writer {
        IDLE,
        BUSY
    }

    PodReport(KubernetesClient client, Pod pod) {
        this.client = client;
        this.pod = pod;
    }

    /// Whether [#write] is called for; true only once until it has returned.
    synchronized boolean news(ContainerState state) {
        boolean news = writer == Writer.IDLE && !reported.equals(Optional.of(state));
        writer = news ? Writer.BUSY : writer;
        return news;
    }

    void write(ContainerState state) {
        Optional<ContainerState> written = reported;
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), patch(state));
            written = Optional.of(state);
        } catch (KubernetesClientException e) {
            if (e.getCode() == NOT_FOUND) {
                written = Optional.of(state);
            } else {
                LOG.atDebug().setCause(e).log("A pod's status could not be written");
            }
        } finally {
            written(written);
        }
    }

    private synchronized void written(Optional<ContainerState> state) {
        reported = state;
        writer = Writer.IDLE;
    }

    private String patch(ContainerState state) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").put("uid", pod.getMetadata().getUid());
        ObjectNode status = patch.putObject("status");
        String ready = state.ready() ? "True" : "False";
        String now = time(Instant.now());
        ArrayNode conditions = status.putArray("conditions");
        for (String type : new String[] {"Ready", "ContainersReady"}) {
            conditions
                    .addObject()
                    .put("type", type)
                    .put("status", ready)
                    .put("lastTransitionTime", now);
        }
        ArrayNode containers = status.putArray("containerStatuses");
        for (Container container : pod.getSpec().getContainers()) {
            ObjectNode entry =
                    containers
                            .addObject()
                            .put("name", container.getName())
                            .put("image", container.getImage())
                            .put("imageID", container.getImage())
                            .put("ready", state.ready())
                            .put("started", state.running())
                            .put("restartCount", state.restarts());
            describe(entry.putObject("state"), state, now);
        }
        return patch.toString();
    }

    private static void describe(ObjectNode entry, ContainerState state, String now) {
        if (state.running()) {
            entry.putObject("running").put("startedAt", time(state.startedAt()));
        } else if (state.ended()) {
            entry.putObject("terminated")
                    .put("exitCode", 0)
                    .put("reason", "Completed")
                    .put("startedAt", time(state.startedAt()))
                    .put("finishedAt", now);
        } else {
            entry.putObject("waiting").put("reason", "ContainerCreating");
        }
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
