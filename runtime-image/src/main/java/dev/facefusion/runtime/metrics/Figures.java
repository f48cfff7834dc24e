package dev.facefusion.runtime.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gauges and counters of one scrape. A figure that is not known has no series.
final class Figures {

    private final Map<String, GaugeSnapshot.Builder> gauges = new LinkedHashMap<>();
    private final Map<String, CounterSnapshot.Builder> counters = new LinkedHashMap<>();

    /// @param name with its unit, such as `fusion_gpu_power_watts`
    Figures gauge(String name, String help, Labels labels, @Nullable Number value) {
        if (value != null) {
            gauges.computeIfAbsent(name, _ -> GaugeSnapshot.builder().name(name).help(help))
                    .dataPoint(
                            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                    .labels(labels)
                                    .value(value.doubleValue())
                                    .build());
        }
        return this;
    }

    /// @param name without `_total`, which the format adds
    Figures counter(String name, String help, Labels labels, @Nullable Number value) {
        if (value != null) {
            counters.computeIfAbsent(name, _ -> CounterSnapshot.builder().name(name).help(help))
                    .dataPoint(
                            CounterSnapshot.CounterDataPointSnapshot.builder()
                                    .labels(labels)
                                    .value(value.doubleValue())
                                    .build());
        }
        return this;
    }

    MetricSnapshots snapshots() {
        var all = MetricSnapshots.builder();
        gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
        counters.values().forEach(counter -> all.metricSnapshot(counter.build()));
        return all.build();
    }
}
