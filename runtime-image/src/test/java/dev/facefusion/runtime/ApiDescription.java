package dev.facefusion.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// `openapi.yaml` as data.
public final class ApiDescription {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private ApiDescription() {}

    public static JsonNode read() {
        try (var stream = ApiDescription.class.getResourceAsStream("/openapi.yaml")) {
            return new YAMLMapper().readTree(Objects.requireNonNull(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Such as `GET /v1/models`.
    public static Set<String> operations() {
        return read().get("paths").properties().stream()
                .flatMap(path -> operations(path.getKey(), path.getValue()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> operations(String path, JsonNode item) {
        return item.properties().stream()
                .filter(entry -> METHODS.contains(entry.getKey()))
                .map(entry -> entry.getKey().toUpperCase(Locale.ROOT) + " " + path);
    }
}
