package dev.facefusion.runtime.metrics;

import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.LoadedModel;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// What the engines' sessions took: their place, their memory, their time to load. Each worker has
/// sessions of its own; memory is the sum over all of them.
final class EngineMeters {

    private final MeterRegistry registry;
    private final MultiGauge nodes;
    private final MultiGauge loadTimes;
    private final Map<String, Map<String, ArenaFigures>> byWorker = new ConcurrentHashMap<>();

    EngineMeters(MeterRegistry registry) {
        this.registry = registry;
        this.nodes =
                MultiGauge.builder("fusion.ep.nodes")
                        .description("Nodes of a model on an execution provider")
                        .register(registry);
        this.loadTimes =
                MultiGauge.builder("fusion.model.load")
                        .description("Time that it took to read a model and make its session")
                        .baseUnit("seconds")
                        .register(registry);
    }

    /// The models are loaded: these, and no others any more.
    void loaded(ExecutionReport execution) {
        var models = execution.models();
        nodes.register(
                models.entrySet().stream()
                        .flatMap(model -> nodes(model.getKey(), model.getValue()))
                        .toList(),
                true);
        loadTimes.register(
                models.entrySet().stream()
                        .map(model ->
                                Row.of(
                                        Tags.of("model", model.getKey()),
                                        model.getValue().time().toNanos() / 1e9))
                        .toList(),
                true);
        models.keySet().forEach(model -> arena(model, execution.active().id()));
    }

    private static Stream<Row<?>> nodes(String model, LoadedModel loaded) {
        return loaded.placement().nodes().entrySet().stream()
                .map(placed ->
                        Row.of(Tags.of("model", model, "ep", placed.getKey()), placed.getValue()));
    }

    /// A worker's sessions have taken so much.
    void arenas(String worker, Map<String, ArenaFigures> arenas) {
        byWorker.put(worker, arenas);
    }

    private void arena(String model, String device) {
        bytes("total", "taken from the device", model, device, ArenaFigures::totalBytes);
        bytes("in.use", "lent out now", model, device, ArenaFigures::inUseBytes);
        bytes("max", "lent out at once at most", model, device, ArenaFigures::maxBytes);
        FunctionCounter.builder(
                        "fusion.ort.arena.extensions",
                        this,
                        meters -> meters.sum(model, ArenaFigures::extensions))
                .description("Times that a model's arena grew")
                .tag("model", model)
                .tag("device", device)
                .register(registry);
    }

    private void bytes(
            String what,
            String meaning,
            String model,
            String device,
            ToDoubleFunction<ArenaFigures> value) {
        Gauge.builder("fusion.ort.arena." + what, this, meters -> meters.sum(model, value))
                .description("Memory of a model's arena, " + meaning)
                .baseUnit("bytes")
                .tag("model", model)
                .tag("device", device)
                .register(registry);
    }

    // NaN, which Prometheus takes for unknown, where no worker has told yet.
    private double sum(String model, ToDoubleFunction<ArenaFigures> value) {
        return byWorker.values().stream()
                .filter(arenas -> arenas.containsKey(model))
                .mapToDouble(arenas -> value.applyAsDouble(arenas.get(model)))
                .reduce(Double::sum)
                .orElse(Double.NaN);
    }
}
