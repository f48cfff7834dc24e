package dev.facefusion.crds.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.facefusion.crds.schema.ListTypes;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one pod runs inference.
@JsonIgnoreProperties(ignoreUnknown = true)
@SchemaCustomizer(value = ListTypes.class, input = "env=name; executionProviders=")
@ValidationRule(
        value =
                "!has(self.env) || !self.env.exists(e, e.name in ['API_PORT', 'HEALTH_PORT',"
                        + " 'EXECUTION_PROVIDERS', 'EXECUTION_THREADS', 'CONCURRENCY',"
                        + " 'QUEUE_CAPACITY', 'STALL_THRESHOLD_SECONDS', 'DRAIN_TIMEOUT_SECONDS',"
                        + " 'MODEL_DIR', 'WORK_DIR', 'MANAGEMENT_SUBJECT'])",
        message =
                "runtime.env may not set what the operator sets itself: API_PORT, HEALTH_PORT,"
                        + " EXECUTION_PROVIDERS, EXECUTION_THREADS, CONCURRENCY, QUEUE_CAPACITY,"
                        + " STALL_THRESHOLD_SECONDS, DRAIN_TIMEOUT_SECONDS, MODEL_DIR, WORK_DIR, MANAGEMENT_SUBJECT",
        fieldPath = ".env")
public record RuntimeSpec(
        @JsonPropertyDescription(
                        "In order of preference; cuda where absent, cpu where gpu.count is 0.")
                @Size(min = 1, max = 3)
                @Nullable List<ExecutionProvider> executionProviders,
        @JsonPropertyDescription("Tasks that one pod runs at once.") @Default("1") @Min(1) @Max(64)
                @Nullable Integer concurrency,
        @JsonPropertyDescription("CPU threads that one inference may use.")
                @Default("4")
                @Min(1)
                @Max(256)
                @Nullable Integer executionThreads,
        @JsonPropertyDescription("Tasks that one pod accepts before it answers 429.")
                @Default("32")
                @Min(1)
                @Max(10000)
                @Nullable Integer queueCapacity,
        @JsonPropertyDescription("More environment variables of the runtime container.")
                @Size(max = 64)
                @Nullable List<EnvEntry> env) {

    /// An environment variable, as in a container.
    @JsonIgnoreProperties(ignoreUnknown = true)
    @ValidationRule(
            value = "!(has(self.value) && has(self.valueFrom))",
            message = "an entry of runtime.env has value or valueFrom, not both")
    public record EnvEntry(
            @Required @Size(min = 1, max = 256) String name,
            @Size(max = 32768) @Nullable String value,
            @Nullable EnvVarSource valueFrom) {}
}
