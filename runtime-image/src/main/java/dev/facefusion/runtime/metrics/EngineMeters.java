package dev.facefusion.runtime.metrics;

import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.LoadedModel;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/// What the engines' sessions took: their place, their memory, their time to load. Each worker has
/// sessions of its own; memory is the sum over all of them.
final class EngineMeters {

    private final MeterRegistry registry;
    private final Map<String, Map<String, ArenaFigures>> byWorker = new ConcurrentHashMap<>();
    // A meter stays when other models are loaded.
    private final Set<List<String>> registered = ConcurrentHashMap.newKeySet();
    private volatile Map<String, LoadedModel> models = Map.of();

    EngineMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /// The models are loaded: these, and no others any more. What is told of others is NaN.
    void loaded(ExecutionReport execution) {
        models = Map.copyOf(execution.models());
        models.forEach((model, loaded) -> {
            loaded.placement().nodes().keySet().stream()
                    .filter(provider -> registered.add(List.of(model, provider)))
                    .forEach(provider -> nodes(model, provider));
            if (registered.add(List.of(model))) {
                loadTime(model);
                arena(model, execution.active().id());
            }
        });
    }

    private void nodes(String model, String provider) {
        Gauge.builder(
                        "fusion.ep.nodes",
                        this,
                        meters ->
                                meters.of(
                                        model,
                                        loaded ->
                                                loaded.placement()
                                                        .nodes()
                                                        .getOrDefault(provider, 0)))
                .description("Nodes of a model on an execution provider")
                .tag("model", model)
                .tag("ep", provider)
                .register(registry);
    }

    private void loadTime(String model) {
        Gauge.builder(
                        "fusion.model.load",
                        this,
                        meters -> meters.of(model, loaded -> loaded.time().toNanos() / 1e9))
                .description("Time that it took to read a model and make its session")
                .baseUnit("seconds")
                .tag("model", model)
                .register(registry);
    }

    private double of(String model, ToDoubleFunction<LoadedModel> value) {
        var loaded = models.get(model);
        return loaded == null ? Double.NaN : value.applyAsDouble(loaded);
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
