package dev.facefusion.runtime.plugin;

import dev.facefusion.runtime.plugin.CustomFigures.Named;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The plug-ins' values that are numbers, as metrics. A gauge stays the same for as long as there
/// is a value: one that were replaced with each would be there twice, or not at all, in a scrape
/// that comes just then.
final class CustomGauges {

    private final MeterRegistry registry;
    private final Map<Label, Gauge> gauges = new HashMap<>();
    private volatile Map<Label, Double> numbers = Map.of();

    CustomGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Label(String name, String unit) {}

    /// These are the values now, and no others. For one thread.
    ///
    /// @param values with names of their own
    void show(List<Named> values) {
        numbers =
                values.stream()
                        .flatMap(CustomGauges::number)
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey, Map.Entry::getValue));
        gauges.entrySet()
                .removeIf(entry -> {
                    var gone = !numbers.containsKey(entry.getKey());
                    if (gone) {
                        registry.remove(entry.getValue());
                    }
                    return gone;
                });
        numbers.keySet().forEach(label -> gauges.computeIfAbsent(label, this::register));
    }

    private Gauge register(Label label) {
        return Gauge.builder(
                        "fusion.custom",
                        this,
                        gauges -> gauges.numbers.getOrDefault(label, Double.NaN))
                .description("Values of the health plug-ins that are numbers")
                .tag("name", label.name())
                .tag("unit", label.unit())
                .register(registry);
    }

    private static Stream<Map.Entry<Label, Double>> number(Named named) {
        return switch (named.value()) {
            case HealthValue.Quantity(var number) ->
                    Stream.of(Map.entry(new Label(named.name(), named.unit()), number));
            case HealthValue.Text _, HealthValue.Flag _ -> Stream.empty();
        };
    }
}
