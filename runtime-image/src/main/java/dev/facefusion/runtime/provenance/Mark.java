package dev.facefusion.runtime.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One statement about how a picture was made, as its file has it. A text is at most 256 characters
/// long: the rest is cut off.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({@JsonSubTypes.Type(Mark.Xmp.class), @JsonSubTypes.Type(Mark.Aigc.class)})
public sealed interface Mark {

    /// Whether it says that a machine made the picture, or may have, or part of it.
    boolean synthetic();

    /// Who made the picture.
    @Nullable String producer();

    /// IPTC's field in XMP, with what the packet says about the making.
    ///
    /// @param digitalSourceType a URI of IPTC's vocabulary, as written
    /// @param createdAt as written: ISO 8601, not checked
    @JsonTypeName("xmp")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Xmp(
            @JsonProperty("digital_source_type") String digitalSourceType,
            @JsonProperty("creator_tool") @Nullable String creatorTool,
            @JsonProperty("created_at") @Nullable String createdAt)
            implements Mark {

        @Override
        public boolean synthetic() {
            return DigitalSourceType.isSynthetic(digitalSourceType);
        }

        @Override
        public @Nullable String producer() {
            return creatorTool;
        }
    }

    /// The label of GB 45438-2025. A field that is absent in the file is empty.
    ///
    /// @param label `1` made by a machine, `2` possibly, `3` suspected
    @JsonTypeName("aigc")
    record Aigc(
            String label,
            @JsonProperty("content_producer") String contentProducer,
            @JsonProperty("produce_id") String produceId,
            @JsonProperty("content_propagator") String contentPropagator,
            @JsonProperty("propagate_id") String propagateId)
            implements Mark {

        private static final Set<String> MADE_POSSIBLY_SUSPECTED = Set.of("1", "2", "3");

        @Override
        public boolean synthetic() {
            return MADE_POSSIBLY_SUSPECTED.contains(label);
        }

        @Override
        public @Nullable String producer() {
            return contentProducer.isEmpty() ? null : contentProducer;
        }
    }
}
