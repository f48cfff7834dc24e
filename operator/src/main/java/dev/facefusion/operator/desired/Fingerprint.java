package dev.facefusion.operator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;

/// Tells whether a live object is what was asked, without asking the API server.
///
/// It is if it carries the fingerprint of what is asked, so that nothing asked earlier lingers, and
/// every value asked for is still there, so that nobody has changed it since. What others have
/// added is theirs.
public final class Fingerprint {
    private static final String ANNOTATION = "facefusion.dev/fingerprint";
    private static final int DIGITS = 16;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private Fingerprint() {}

    /// Whether `live` is as `desired`, an object of a `Workload`, asks.
    public static boolean matches(HasMetadata live, HasMetadata desired) {
        return of(desired).equals(of(live)) && contains(tree(live), tree(desired));
    }

    /// Whether the Deployment's pods are as asked; not how many, nor how they are replaced.
    public static boolean samePods(Deployment live, Deployment desired) {
        return contains(
                JSON.valueToTree(live.getSpec().getTemplate()),
                JSON.valueToTree(desired.getSpec().getTemplate()));
    }

    static <T extends HasMetadata> T stamp(T desired) {
        var metadata = desired.getMetadata();
        var annotations = new TreeMap<>(metadata.getAnnotations());
        annotations.put(ANNOTATION, digest(desired));
        metadata.setAnnotations(annotations);
        return desired;
    }

    private static Optional<String> of(HasMetadata object) {
        return Optional.ofNullable(object.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ANNOTATION));
    }

    private static JsonNode tree(HasMetadata object) {
        return JSON.valueToTree(object);
    }

    /// Lists are compared element by element; the API server drops what is empty.
    private static boolean contains(JsonNode live, JsonNode desired) {
        if (desired.isNull() || (desired.isContainerNode() && desired.isEmpty())) {
            return true;
        }
        if (desired.isObject()) {
            return desired.properties().stream()
                    .allMatch(field -> contains(live.path(field.getKey()), field.getValue()));
        }
        if (desired.isArray()) {
            return live.size() == desired.size() && containsEach(live, desired);
        }
        return live.equals(desired) || (live.isMissingNode() && desired.asText().isEmpty());
    }

    private static boolean containsEach(JsonNode live, JsonNode desired) {
        for (int i = 0; i < desired.size(); i++) {
            if (!contains(live.path(i), desired.path(i))) {
                return false;
            }
        }
        return true;
    }

    static String digest(Object object) {
        try {
            var bytes = JSON.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (JsonProcessingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("could not take the fingerprint of " + object, e);
        }
    }
}
