package dev.facefusion.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Some of a fleet's pods, by their ordinals: the pods at time zero come first, and every later pod
/// takes the next number.
public sealed interface Pods {
    record All() implements Pods {
        @Override
        public String toString() {
            return "all";
        }
    }

    /// The first half of those at time zero.
    record Half() implements Pods {
        @Override
        public String toString() {
            return "half";
        }
    }

    /// Those that came after time zero.
    record Later() implements Pods {
        @Override
        public String toString() {
            return "later";
        }
    }

    record Listed(Set<Integer> ordinals) implements Pods {
        public Listed {
            ordinals = Set.copyOf(ordinals);
        }

        @Override
        public String toString() {
            return ordinals.stream().sorted().map(String::valueOf).collect(Collectors.joining(","));
        }
    }

    /// Whether a pod is one of them.
    ///
    /// @param initial how many there were at time zero
    default boolean contain(int ordinal, int initial) {
        return switch (this) {
            case All _ -> true;
            case Half _ -> ordinal < (initial + 1) / 2;
            case Later _ -> ordinal >= initial;
            case Listed(var ordinals) -> ordinals.contains(ordinal);
        };
    }

    /// A number, a list of numbers, `all`, `half` or `later`; `all` where there is nothing.
    static Pods of(JsonNode json) {
        if (json.isMissingNode() || json.asText().equals("all")) {
            return new All();
        }
        return switch (json.asText()) {
            case "half" -> new Half();
            case "later" -> new Later();
            default ->
                    new Listed(numbers(json).map(JsonNode::intValue).collect(Collectors.toSet()));
        };
    }

    private static Stream<JsonNode> numbers(JsonNode json) {
        return json.isArray() ? StreamSupport.stream(json.spliterator(), false) : Stream.of(json);
    }
}
