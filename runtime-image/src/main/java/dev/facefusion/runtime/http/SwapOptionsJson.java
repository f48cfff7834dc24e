package dev.facefusion.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.option.OptionKind;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOption;
import dev.facefusion.runtime.option.TaskOptions;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/// Reads the options of a task from JSON: the names of [TaskOptions], an unknown one is an error.
final class SwapOptionsJson {

    private static final int MAX_ECHO = 40;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SwapOptionsJson() {}

    /// @throws RequestRefused naming the option that cannot be used
    static OptionValues read(byte[] json) {
        var values = OptionValues.none();
        try {
            for (var entry : object(json).properties()) {
                values = with(values, entry.getKey(), entry.getValue());
            }
            var _ = values.toSwapOptions();
            var _ = values.toVideoOptions();
            return values;
        } catch (BadOptionException e) {
            throw bad(e.option(), e.expected());
        }
    }

    private static OptionValues with(OptionValues values, String name, JsonNode value) {
        var option =
                TaskOptions.find(name)
                        .orElseThrow(() ->
                                new RequestRefused(
                                        new Refusal.UnknownOption(
                                                echo(name), TaskOptions.names(TaskOptions.all()))));
        if (values.has(option)) {
            throw bad(name, "its value under one of its names");
        }
        return values.with(option, name, words(name, option, value));
    }

    private static List<String> words(String name, TaskOption<?> option, JsonNode value) {
        var kind = option.kind();
        var single = kind.several() ? List.<JsonNode>of() : List.of(value);
        var nodes =
                kind.several() && value.isArray()
                        ? StreamSupport.stream(value.spliterator(), false).toList()
                        : single;
        if (nodes.isEmpty() || !nodes.stream().allMatch(node -> fits(kind, node))) {
            throw bad(name, (kind.several() ? "an array of " : "") + kind.expected());
        }
        return nodes.stream().map(JsonNode::asText).toList();
    }

    private static boolean fits(OptionKind<?> kind, JsonNode node) {
        if (kind instanceof OptionKind.OrAuto<?>(var other)) {
            return node.isTextual() || fits(other, node);
        }
        return kind.numeric() ? node.isNumber() : node.isTextual();
    }

    private static JsonNode object(byte[] json) {
        try {
            var node = JSON.readTree(json);
            if (node.isObject()) {
                return node;
            }
        } catch (IOException _) {
            // said below, together with JSON that is no object
        }
        throw bad("options", "a JSON object without a name twice");
    }

    private static String echo(String name) {
        return name.length() > MAX_ECHO ? name.substring(0, MAX_ECHO) + "…" : name;
    }

    private static RequestRefused bad(String name, String expected) {
        return new RequestRefused(new Refusal.BadOption(name, expected));
    }
}
