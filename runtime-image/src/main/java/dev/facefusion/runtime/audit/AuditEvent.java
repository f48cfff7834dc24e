package dev.facefusion.runtime.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of the audit log but for its time. Files are there by their digests, 64 lower-case
/// hexadecimal digits of SHA-256: never a picture, an embedding, a file's name or an address.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AuditEvent.Requested.class, name = "requested"),
    @JsonSubTypes.Type(value = AuditEvent.Ended.class, name = "ended")
})
public sealed interface AuditEvent {

    /// Somebody asks for a task; it may still be turned away.
    ///
    /// @param requestId the same in the task's other line, in its marks and in the log
    /// @param options those that were given, by their names; the others had their defaults
    /// @param consent the reference to it as it was given, if one was
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Requested(
            @JsonProperty("request_id") String requestId,
            List<String> sources,
            String target,
            Map<String, String> options,
            @Nullable String consent)
            implements AuditEvent {

        public Requested {
            sources = List.copyOf(sources);
            options = Map.copyOf(options);
        }
    }

    /// An engine is done with a task. A task without this line was turned away, cancelled, or ended
    /// with its process.
    ///
    /// @param outcome `swapped`, `no_face`, `bad_media`, `bad_option`, or `failed` of a video
    /// @param output digest of the file with its marks, where there is one
    /// @param models by their names the digests of those that the engine holds
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ended(
            @JsonProperty("request_id") String requestId,
            String outcome,
            @Nullable String output,
            Map<String, String> models)
            implements AuditEvent {

        public Ended {
            models = Map.copyOf(models);
        }
    }
}
