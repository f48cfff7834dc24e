package dev.facefusion.runtime.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.media.OutputFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Reads the options of a task: FaceFusion's names, an unknown one is an error.
final class SwapOptionsJson {

    private static final String FRAME_PROCESSORS = "frame_processors";
    private static final String BLEND_RATIO = "blend_ratio";
    private static final String OUTPUT_FORMAT = "output_format";
    private static final String OUTPUT_QUALITY = "output_quality";
    private static final List<String> KNOWN =
            List.of(FRAME_PROCESSORS, BLEND_RATIO, OUTPUT_FORMAT, OUTPUT_QUALITY);
    private static final int MAX_ECHO = 40;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private SwapOptionsJson() {}

    /// @throws RequestRefused naming the option that cannot be used
    static SwapOptions read(byte[] json) {
        var object = object(json);
        object.fieldNames()
                .forEachRemaining(name -> {
                    if (!KNOWN.contains(name)) {
                        throw new RequestRefused(new Refusal.UnknownOption(echo(name), KNOWN));
                    }
                });
        var defaults = SwapOptions.defaults();
        return new SwapOptions(
                object.has(FRAME_PROCESSORS)
                        ? processors(object.get(FRAME_PROCESSORS))
                        : defaults.frameProcessors(),
                object.has(BLEND_RATIO) ? ratio(object.get(BLEND_RATIO)) : defaults.blendRatio(),
                object.has(OUTPUT_FORMAT)
                        ? format(object.get(OUTPUT_FORMAT))
                        : defaults.outputFormat(),
                object.has(OUTPUT_QUALITY)
                        ? quality(object.get(OUTPUT_QUALITY))
                        : defaults.outputQuality());
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

    private static List<FrameProcessor> processors(JsonNode node) {
        var names =
                StreamSupport.stream(node.spliterator(), false)
                        .map(JsonNode::asText)
                        .map(name -> label(FrameProcessor.values(), name))
                        .toList();
        var processors = names.stream().flatMap(Optional::stream).distinct().toList();
        if (!node.isArray() || names.isEmpty() || processors.size() < names.size()) {
            throw bad(
                    FRAME_PROCESSORS,
                    "an array of " + labels(FrameProcessor.values()) + ", none twice");
        }
        return processors;
    }

    private static double ratio(JsonNode node) {
        if (!node.isNumber() || !(node.doubleValue() >= 0 && node.doubleValue() <= 1)) {
            throw bad(BLEND_RATIO, "a number from 0 to 1");
        }
        return node.doubleValue();
    }

    private static OutputFormat format(JsonNode node) {
        return label(OutputFormat.values(), node.asText())
                .orElseThrow(() -> bad(OUTPUT_FORMAT, "one of " + labels(OutputFormat.values())));
    }

    private static int quality(JsonNode node) {
        if (!node.isInt() || node.intValue() < 1 || node.intValue() > 100) {
            throw bad(OUTPUT_QUALITY, "a whole number from 1 to 100");
        }
        return node.intValue();
    }

    private static <E extends Enum<E>> Optional<E> label(E[] values, String name) {
        return Arrays.stream(values).filter(value -> label(value).equals(name)).findFirst();
    }

    private static String labels(Enum<?>[] values) {
        return String.join(", ", Arrays.stream(values).map(SwapOptionsJson::label).toList());
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String echo(String name) {
        return name.length() > MAX_ECHO ? name.substring(0, MAX_ECHO) + "…" : name;
    }

    private static RequestRefused bad(String name, String expected) {
        return new RequestRefused(new Refusal.BadOption(name, expected));
    }
}
