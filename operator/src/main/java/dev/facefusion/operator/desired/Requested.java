package dev.facefusion.operator.desired;

import static java.util.Map.entry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The digest of what the user asks of the pods. It is the same for every version of the operator
/// and of the CRD: what the user has left out, the API server has filled in, or has its default
/// anyway is no part of it. So whatever else changes in the pods comes from the operator.
public final class Requested {
    private static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<TreeMap<String, Object>> SORTED = new TypeReference<>() {};

    /// The parts of the spec that shape a pod.
    private static final List<String> PARTS =
            List.of(
                    "/image",
                    "/runtime",
                    "/resources",
                    "/gpu",
                    "/models",
                    "/scheduling",
                    "/health/startupTimeoutSeconds",
                    "/health/stallTimeoutSeconds",
                    "/drain/timeoutSeconds");

    private static final Map<String, String> DEFAULTS =
            Map.ofEntries(
                    entry("/runtime/concurrency", "1"),
                    entry("/runtime/executionThreads", "4"),
                    entry("/runtime/queueCapacity", "32"),
                    entry("/gpu/count", "1"),
                    entry("/gpu/resourceName", "nvidia.com/gpu"),
                    entry("/gpu/sharing", "Exclusive"),
                    entry("/health/startupTimeoutSeconds", "1200"),
                    entry("/health/stallTimeoutSeconds", "120"),
                    entry("/drain/timeoutSeconds", "120"));

    private Requested() {}

    /// The digest of these wishes.
    ///
    /// @param restartedAt the user's mark for a restart
    public static String digest(FaceFusionClusterSpec spec, Optional<String> restartedAt) {
        var tree = JSON.<JsonNode>valueToTree(spec);
        var asked = JSON.createObjectNode();
        for (var part : PARTS) {
            var value = tree.at(part);
            strip(value, part);
            if (!absent(value, part)) {
                asked.set(part, value);
            }
        }
        restartedAt.ifPresent(at -> asked.put(Annotations.RESTARTED_AT, at));
        return Fingerprint.digest(JSON.convertValue(asked, SORTED));
    }

    private static void strip(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            for (var field : new ArrayList<>(object.properties())) {
                var place = path + "/" + field.getKey();
                strip(field.getValue(), place);
                if (absent(field.getValue(), place)) {
                    object.remove(field.getKey());
                }
            }
        } else if (node instanceof ArrayNode array) {
            array.forEach(element -> strip(element, path + "/-"));
        }
    }

    private static boolean absent(JsonNode node, String path) {
        return node.isNull()
                || node.isMissingNode()
                || (node.isContainerNode() && node.isEmpty())
                || node.asText().equals(DEFAULTS.get(path));
    }
}
