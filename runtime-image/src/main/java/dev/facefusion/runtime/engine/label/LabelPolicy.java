package dev.facefusion.runtime.engine.label;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.util.List;
import java.util.Optional;

/// Whether results bear a label that people see.
public enum LabelPolicy {
    ON,
    OFF;

    /// What the environment asks for.
    ///
    /// @throws ConfigException if the variable cannot be used
    public static LabelPolicy from(Environment environment) {
        return switch (environment.oneOf("VISIBLE_LABEL", List.of("off", "on"))) {
            case "on" -> ON;
            default -> OFF;
        };
    }

    /// The label, if there is one.
    public Optional<VisibleLabel> label() {
        return switch (this) {
            case ON -> Optional.of(new VisibleLabel());
            case OFF -> Optional.empty();
        };
    }
}
