package dev.facefusion.tests.world;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;

/// The FaceFusionCluster of one stage, as a user writes it.
final class FleetResource {
    static final String NAME = "fleet";

    private static final String VERSION = "facefusion.dev/v1alpha1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final String namespace;

    FleetResource(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /// @param spec which gets the stage's nodes to run on
    void create(JsonNode spec) {
        ObjectNode cluster =
                JSON.createObjectNode().put("apiVersion", VERSION).put("kind", "FaceFusionCluster");
        cluster.putObject("metadata").put("name", NAME).put("namespace", namespace);
        ObjectNode placed = cluster.putObject("spec");
        placed.setAll((ObjectNode) spec.deepCopy());
        ObjectNode scheduling = placed.withObject("/scheduling");
        scheduling.putObject("nodeSelector").put(Nodes.STAGE, namespace);
        scheduling
                .putArray("tolerations")
                .addObject()
                .put("key", Nodes.STAGE)
                .put("operator", "Equal")
                .put("value", namespace)
                .put("effect", "NoSchedule");
        client.resource(JSON.convertValue(cluster, GenericKubernetesResource.class)).create();
    }

    void patchSpec(JsonNode patch) {
        resource().patch(merge(), JSON.createObjectNode().set("spec", patch).toString());
    }

    void annotate(Map<String, String> annotations) {
        resource().patch(merge(), annotations(annotations));
    }

    void annotatePod(String pod, Map<String, String> annotations) {
        client.pods().inNamespace(namespace).withName(pod).patch(merge(), annotations(annotations));
    }

    void delete() {
        var _ = resource().delete();
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(VERSION, "FaceFusionCluster")
                .inNamespace(namespace)
                .withName(NAME);
    }

    private static PatchContext merge() {
        return PatchContext.of(PatchType.JSON_MERGE);
    }

    private static String annotations(Map<String, String> annotations) {
        ObjectNode patch = JSON.createObjectNode();
        ObjectNode map = patch.putObject("metadata").putObject("annotations");
        annotations.forEach((name, value) -> map.put(name, value));
        return patch.toString();
    }
}
