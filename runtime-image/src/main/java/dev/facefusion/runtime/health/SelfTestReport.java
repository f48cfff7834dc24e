package dev.facefusion.runtime.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facefusion.runtime.drift.SelfTestResult;
import org.jspecify.annotations.Nullable;

/// What came of the golden sample, as it is written.
///
/// @param fault left out if nothing is wrong
/// @param psnrDb likeness to the expected picture, at most 99; left out where none is expected
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SelfTestReport(
        boolean passed, SelfTestResult.@Nullable Fault fault, @Nullable Double psnrDb) {

    private static final double SAME = 99;
    private static final double TENTHS = 10;

    static @Nullable SelfTestReport of(@Nullable SelfTestResult result) {
        if (result == null) {
            return null;
        }
        var likeness = result.likeness();
        return new SelfTestReport(
                result.fault().isEmpty(),
                result.fault().orElse(null),
                likeness.isPresent()
                        ? Math.round(Math.min(SAME, likeness.getAsDouble()) * TENTHS) / TENTHS
                        : null);
    }
}
