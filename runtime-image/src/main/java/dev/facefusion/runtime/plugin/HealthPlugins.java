package dev.facefusion.runtime.plugin;

import dev.facefusion.runtime.memory.Chore;
import dev.facefusion.runtime.plugin.CustomFigures.Named;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the contributors, each on a thread of its own, and collects what they say.
public final class HealthPlugins implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthPlugins.class);
    private static final long WATCH_MILLISECONDS = 250;

    private final Map<String, String> notFound;
    private final List<Contribution> contributions;
    private final CustomGauges gauges;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("plugin-watch").factory());

    private HealthPlugins(
            Map<String, String> notFound,
            List<Contribution> contributions,
            MeterRegistry registry) {
        this.notFound = notFound;
        this.contributions = contributions;
        this.gauges = new CustomGauges(registry);
    }

    /// Finds the contributors and begins to ask them. Waits for none.
    public static HealthPlugins start(
            PluginSettings settings, RuntimeView runtime, MeterRegistry registry) {
        var found = Discovery.search(settings);
        found.errors().forEach(HealthPlugins::warn);
        var contributions =
                found.providers().stream()
                        .map(provider ->
                                new Contribution(provider, settings, runtime, System::nanoTime))
                        .toList();
        var plugins = new HealthPlugins(found.errors(), contributions, registry);
        contributions.forEach(Contribution::start);
        var _ =
                plugins.watch.scheduleWithFixedDelay(
                        new Chore(plugins::watch),
                        WATCH_MILLISECONDS,
                        WATCH_MILLISECONDS,
                        TimeUnit.MILLISECONDS);
        return plugins;
    }

    /// What they say now. Runs no code of a plug-in.
    public CustomFigures figures() {
        var values = new LinkedHashMap<String, Named>();
        var errors = new LinkedHashMap<>(notFound);
        for (var contribution : contributions) {
            var seen = contribution.snapshot();
            seen.error().ifPresent(error -> errors.put(seen.label(), error));
            seen.value()
                    .filter(value -> values.putIfAbsent(value.name(), value) != null)
                    .ifPresent(value ->
                            errors.put(
                                    contribution.type(),
                                    "another contributor is named %s".formatted(value.name())));
        }
        return new CustomFigures(new ArrayList<>(values.values()), errors);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        contributions.forEach(Contribution::close);
    }

    private void watch() {
        try {
            contributions.forEach(Contribution::interruptIfOverdue);
            gauges.show(figures().values());
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Health plug-ins cannot be watched");
        }
    }

    private static void warn(String where, String error) {
        log.atWarn().addKeyValue("where", where).log("Health plug-in is left out: {}", error);
    }
}
