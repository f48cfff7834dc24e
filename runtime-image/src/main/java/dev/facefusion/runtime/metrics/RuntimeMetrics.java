package dev.facefusion.runtime.metrics;

import static java.util.Objects.requireNonNull;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.health.TaskFigures;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Counts what the runtime does. Every series exists from the start, at zero.
public final class RuntimeMetrics implements AutoCloseable {

    /// How a task ended.
    public enum Outcome {
        SWAPPED,
        NO_FACE,
        BAD_MEDIA,
        FAILED,
        EXPIRED,
        CANCELLED,
        ABANDONED
    }

    /// Why a request was turned away before it became a task.
    public enum Rejection {
        QUEUE_FULL,
        NOT_READY,
        DRAINING
    }

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Map<Outcome, Counter> tasks;
    private final Map<Rejection, Counter> rejections;
    private final Map<Stage, Timer> stages;
    private final Timer swap;

    public RuntimeMetrics(Supplier<TaskFigures> figures) {
        tasks = each(Outcome.class, outcome -> counter("facefusion.tasks", "outcome", outcome));
        rejections =
                each(
                        Rejection.class,
                        reason -> counter("facefusion.requests.rejected", "reason", reason));
        stages = each(Stage.class, stage -> timer("facefusion.stage", stage));
        swap = histogram(Timer.builder("facefusion.swap"));
        Gauge.builder("facefusion.queue.length", () -> figures.get().queued()).register(registry);
        Gauge.builder("facefusion.tasks.in.flight", () -> figures.get().running())
                .register(registry);
        bindJvm();
    }

    public void ended(Outcome outcome) {
        requireNonNull(tasks.get(outcome)).increment();
    }

    public void rejected(Rejection reason) {
        requireNonNull(rejections.get(reason)).increment();
    }

    public void stage(Stage stage, Duration elapsed) {
        requireNonNull(stages.get(stage)).record(elapsed);
    }

    /// A whole swap, from decoding to encoding.
    public void swapped(Duration elapsed) {
        swap.record(elapsed);
    }

    /// Where other parts register the meters of their own.
    public MeterRegistry registry() {
        return registry;
    }

    /// Everything in Prometheus' text format.
    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }

    private void bindJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    private Counter counter(String name, String key, Enum<?> value) {
        return Counter.builder(name).tag(key, label(value)).register(registry);
    }

    private Timer timer(String name, Stage stage) {
        return histogram(Timer.builder(name).tag("stage", label(stage)));
    }

    private Timer histogram(Timer.Builder timer) {
        return timer.serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(25),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>, M> Map<E, M> each(Class<E> type, Function<E, M> meter) {
        return Arrays.stream(type.getEnumConstants())
                .collect(
                        Collectors.toMap(
                                Function.identity(),
                                meter,
                                (first, _) -> first,
                                () -> new EnumMap<>(type)));
    }
}
