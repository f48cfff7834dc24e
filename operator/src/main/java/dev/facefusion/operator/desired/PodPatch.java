package dev.facefusion.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON merge patches of single pods. Each names the pod's UID: the API server answers with a
/// conflict where another pod has the name by now.
public final class PodPatch {
    private static final JsonMapper JSON = new JsonMapper();

    private PodPatch() {}

    public static String outOfService(String uid) {
        return patch(uid, labels(Labels.IN_SERVICE, "false"), Map.of());
    }

    public static String inService(String uid) {
        return patch(uid, labels(Labels.IN_SERVICE, "true"), Map.of());
    }

    /// Out of its ReplicaSet, its Service and its disruption budget, and owned by the cluster.
    public static String quarantined(String uid, Owner cluster, String reason, Instant at) {
        var labels = labels(Labels.IN_SERVICE, "false");
        labels.put(Labels.NAME, Labels.QUARANTINED);
        labels.put(Labels.AVOIDED_BY, cluster.name());
        var annotations = new LinkedHashMap<String, @Nullable String>();
        annotations.put(Annotations.QUARANTINE, reason);
        annotations.put(Annotations.QUARANTINED_AT, at.truncatedTo(ChronoUnit.SECONDS).toString());
        var owner =
                Map.of(
                        "apiVersion", cluster.apiVersion(),
                        "kind", cluster.kind(),
                        "name", cluster.name(),
                        "uid", cluster.uid());
        return patch(
                uid, labels, Map.of("annotations", annotations, "ownerReferences", List.of(owner)));
    }

    /// Back into its ReplicaSet, which adopts it; still out of service, for its process drains.
    public static String released(String uid) {
        var labels = labels(Labels.IN_SERVICE, "false");
        labels.put(Labels.NAME, Labels.RUNTIME);
        labels.put(Labels.AVOIDED_BY, null);
        var annotations = new LinkedHashMap<String, @Nullable String>();
        annotations.put(Annotations.QUARANTINED_AT, null);
        return patch(uid, labels, Map.of("annotations", annotations, "ownerReferences", List.of()));
    }

    public static String deletionCost(String uid, int cost) {
        return patch(
                uid,
                new LinkedHashMap<>(),
                Map.of("annotations", Map.of(Annotations.DELETION_COST, Integer.toString(cost))));
    }

    private static Map<String, @Nullable String> labels(String name, String value) {
        var labels = new LinkedHashMap<String, @Nullable String>();
        labels.put(name, value);
        return labels;
    }

    private static String patch(
            String uid, Map<String, @Nullable String> labels, Map<String, ?> more) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("uid", uid);
        if (!labels.isEmpty()) {
            metadata.put("labels", labels);
        }
        metadata.putAll(more);
        try {
            return JSON.writeValueAsString(Map.of("metadata", metadata));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("could not write a pod's patch", e);
        }
    }
}
