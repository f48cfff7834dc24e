package dev.facefusion.runtime.plugin;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a health report takes from a plug-in: nothing that a reader of it could stumble over.
final class Bounds {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern UNIT = Pattern.compile("[A-Za-z0-9%/_.-]{0,24}");
    private static final double LARGEST = 0x1p53;
    private static final int LONGEST = 256;

    private Bounds() {}

    /// What is wrong with a name and a unit; empty if nothing is. The plug-in may say `null`.
    static Optional<String> fault(@Nullable String name, @Nullable String unit) {
        if (name == null || !NAME.matcher(name).matches()) {
            return Optional.of("its name is not 1 to 63 of a-z, 0-9 and _, a letter first");
        }
        if (unit == null || !UNIT.matcher(unit).matches()) {
            return Optional.of("its unit is not at most 24 letters, digits and %/_.-");
        }
        return Optional.empty();
    }

    /// What is wrong with a value; empty if nothing is.
    static Optional<String> fault(HealthValue value) {
        return switch (value) {
            case HealthValue.Quantity(var number) when !Double.isFinite(number) ->
                    Optional.of("its value is not a finite number");
            case HealthValue.Quantity(var number) when Math.abs(number) > LARGEST ->
                    Optional.of("its value is further from 0 than 2^53");
            case HealthValue.Quantity _, HealthValue.Flag _ -> Optional.empty();
            case HealthValue.Text(var text) -> fault(text);
        };
    }

    private static Optional<String> fault(@Nullable String text) {
        if (text == null) {
            return Optional.of("its value is null");
        }
        if (text.length() > LONGEST) {
            return Optional.of(
                    "its value has %d characters, more than %d".formatted(text.length(), LONGEST));
        }
        return text.chars().anyMatch(Character::isISOControl)
                ? Optional.of("its value holds a control character")
                : Optional.empty();
    }
}
