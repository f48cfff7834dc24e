package dev.facefusion.runtime.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the health plug-ins say at one moment.
///
/// @param values in the order in which the plug-ins were found; no name twice
/// @param errors of the plug-ins that lost their value: the reason by the plug-in's name, or by its
///   class or jar where the name is not known
public record CustomFigures(List<Named> values, Map<String, String> errors) {

    /// A value within its bounds.
    ///
    /// @param unit empty if it has none
    public record Named(String name, String unit, HealthValue value) {}

    public CustomFigures {
        values = List.copyOf(values);
        errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    }

    public static CustomFigures none() {
        return new CustomFigures(List.of(), Map.of());
    }
}
