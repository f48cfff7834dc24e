package dev.facefusion.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A map of a scenario file, which remembers what was read of it.
final class Fields {
    private final JsonNode map;
    private final Set<String> read = new HashSet<>();

    Fields(JsonNode map) {
        this.map = map;
    }

    boolean has(String name) {
        return map.has(name);
    }

    JsonNode json(String name) {
        read.add(name);
        return map.path(name);
    }

    Fields fields(String name) {
        return new Fields(json(name));
    }

    List<Fields> list(String name) {
        return stream(name).map(Fields::new).toList();
    }

    List<String> texts(String name) {
        return stream(name).map(JsonNode::asText).toList();
    }

    Set<Integer> numbers(String name) {
        return Set.copyOf(stream(name).map(JsonNode::intValue).toList());
    }

    Optional<String> text(String name) {
        JsonNode value = json(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    Optional<Integer> number(String name) {
        JsonNode value = json(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.intValue());
    }

    Optional<Double> decimal(String name) {
        JsonNode value = json(name);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.doubleValue());
    }

    /// As `90s`, `500ms`, `45m` or `2h`.
    Optional<Duration> duration(String name) {
        return text(name).map(Fields::parsed);
    }

    private static Duration parsed(String text) {
        return text.endsWith("ms")
                ? Duration.ofMillis(Long.parseLong(text.replace("ms", "")))
                : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    <E extends Enum<E>> E choice(String name, E absent) {
        return text(name)
                .map(word ->
                        Enum.valueOf(absent.getDeclaringClass(), word.toUpperCase(Locale.ROOT)))
                .orElse(absent);
    }

    Pods pods(String name) {
        return Pods.of(json(name));
    }

    Map<String, String> map(String name) {
        return fields(name).entries();
    }

    Map<String, String> entries() {
        var entries = new LinkedHashMap<String, String>();
        map.properties().forEach(entry -> entries.put(entry.getKey(), entry.getValue().asText()));
        return entries;
    }

    private Stream<JsonNode> stream(String name) {
        return StreamSupport.stream(json(name).spliterator(), false);
    }

    void requireAllRead() {
        var unknown = new TreeSet<String>();
        map.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(read);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown: " + unknown);
        }
    }
}
