package dev.facefusion.operator.decide.trend;

import dev.facefusion.operator.decide.trend.Forecast.Exhausts;
import dev.facefusion.operator.decide.trend.Forecast.Unknown;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The memory of every GPU of one container instance. Bounded: 16 GPUs, and of each at most 120
/// minima.
///
/// @param span how long the spans are whose minima are compared
public record MemoryTrend(Duration span, Map<String, Series> devices) {
    private static final int MOST_DEVICES = 16;

    public MemoryTrend {
        devices = Map.copyOf(devices);
    }

    /// Nothing seen yet.
    public static MemoryTrend none() {
        return new MemoryTrend(Duration.ZERO, Map.of());
    }

    /// This trend with one more look at the GPUs; one that is not among them is forgotten, and so
    /// is all that was seen by spans of another length.
    public MemoryTrend after(Collection<MemorySample> samples, TrendSettings settings) {
        Map<String, Series> known = settings.span().equals(span) ? devices : Map.of();
        var next = new HashMap<String, Series>();
        for (var sample : samples) {
            if (next.size() < MOST_DEVICES) {
                next.put(
                        sample.device(),
                        Optional.ofNullable(known.get(sample.device()))
                                .map(series -> series.after(sample, settings))
                                .orElseGet(() -> Series.begin(sample, settings)));
            }
        }
        return new MemoryTrend(settings.span(), next);
    }

    public Forecast forecast(String device) {
        return Optional.ofNullable(devices.get(device))
                .map(Series::forecast)
                .orElseGet(Unknown::new);
    }

    /// Whether a GPU's memory will be full within the horizon.
    public boolean imminent() {
        return devices.values().stream().anyMatch(Series::imminent);
    }

    /// Whether a GPU's memory grows, however slowly.
    public boolean rising() {
        return devices.values().stream().anyMatch(series -> series.forecast() instanceof Exhausts);
    }
}
