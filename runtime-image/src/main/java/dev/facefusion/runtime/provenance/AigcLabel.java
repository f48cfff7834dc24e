package dev.facefusion.runtime.provenance;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/// The implicit label of GB 45438-2025, appendix E: JSON under the name `AIGC`.
///
/// @param label `1` made by AI, `2` possibly, `3` suspected
/// @param producer the service that made the content (`ContentProducer`)
/// @param produceId its number for the content (`ProduceID`)
/// @param propagator the service that spreads it (`ContentPropagator`); empty where none has yet
/// @param propagateId its number for the content (`PropagateID`)
@JsonPropertyOrder({
    "Label",
    "ContentProducer",
    "ProduceID",
    "ReservedCode1",
    "ContentPropagator",
    "PropagateID",
    "ReservedCode2"
})
public record AigcLabel(
        @JsonProperty("Label") String label,
        @JsonProperty("ContentProducer") String producer,
        @JsonProperty("ProduceID") String produceId,
        @JsonProperty("ContentPropagator") String propagator,
        @JsonProperty("PropagateID") String propagateId) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// The label of content that this runtime made.
    public static AigcLabel madeBy(String producer, String produceId) {
        return new AigcLabel("1", producer, produceId, "", "");
    }

    /// The label as JSON, all fields of the standard in its order. The reserved ones are a
    /// service's own, for its checks; this runtime has none.
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a label is always JSON", e);
        }
    }

    @JsonProperty("ReservedCode1")
    String reservedCode1() {
        return "";
    }

    @JsonProperty("ReservedCode2")
    String reservedCode2() {
        return "";
    }

    /// Reads a label, bare or in an object with the one field `AIGC`; empty if the text is neither.
    static Optional<AigcLabel> parse(String json) {
        try {
            var read = JSON.readTree(json);
            var label = read.has("AIGC") ? read.get("AIGC") : read;
            return label.has("Label")
                    ? Optional.of(
                            new AigcLabel(
                                    text(label, "Label"),
                                    text(label, "ContentProducer"),
                                    text(label, "ProduceID"),
                                    text(label, "ContentPropagator"),
                                    text(label, "PropagateID")))
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode label, String field) {
        return label.path(field).asText();
    }
}
