package dev.facefusion.runtime.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facefusion.runtime.drift.SelfTestResult;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of a deep question, as it is written.
///
/// @param fault of a result that is `failed`
/// @param reason of a result that is `skipped`
/// @param ageSeconds since the golden sample was swapped; left out if it was not
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeepReport(
        Result result,
        SelfTestResult.@Nullable Fault fault,
        @Nullable Skipped reason,
        @Nullable Long ageSeconds) {

    public enum Result {
        @JsonProperty("passed")
        PASSED,
        @JsonProperty("failed")
        FAILED,
        @JsonProperty("skipped")
        SKIPPED
    }

    /// Why the golden sample was not swapped.
    public enum Skipped {
        /// A task waits or runs, or came before the sample was done.
        @JsonProperty("busy")
        BUSY,
        /// It is being swapped, and takes longer than an answer may.
        @JsonProperty("running")
        RUNNING,
        /// The models are not loaded, or the end is near.
        @JsonProperty("unready")
        UNREADY,
        /// The settings do not want it.
        @JsonProperty("off")
        OFF
    }

    /// The golden sample was not swapped.
    public static DeepReport skipped(Skipped reason) {
        return new DeepReport(Result.SKIPPED, null, reason, null);
    }

    /// The golden sample was swapped so long ago.
    public static DeepReport of(SelfTestResult result, Duration age) {
        return new DeepReport(
                result.fault().isEmpty() ? Result.PASSED : Result.FAILED,
                result.fault().orElse(null),
                null,
                age.toSeconds());
    }
}
