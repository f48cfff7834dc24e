package dev.facefusion.runtime.metrics;

import static java.util.Objects.requireNonNull;

import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.health.TaskFigures;
import dev.facefusion.runtime.security.Authentication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
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

    /// How a task ended: a few words that every inference server has, and why in ours.
    public enum Outcome {
        SWAPPED("ok"),
        NO_FACE("refused"),
        BAD_MEDIA("refused"),
        BAD_OPTION("refused"),
        FAILED("backend"),
        EXPIRED("timeout"),
        CANCELLED("cancelled"),
        ABANDONED("cancelled");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }
    }

    /// Why a request was turned away before it became a task.
    public enum Rejection {
        QUEUE_FULL,
        TOO_COSTLY,
        NOT_READY,
        DRAINING
    }

    /// How a request to serve other models ended.
    public enum Reload {
        DONE,
        REFUSED
    }

    private final PrometheusMeterRegistry registry = emptyRegistry();
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final Map<Outcome, Counter> tasks;
    private final Map<Rejection, Counter> rejections;
    private final Map<Authentication.Outcome, Counter> authentications;
    private final Map<Reload, Counter> reloads;
    private final Map<Stage, Timer> stages;
    private final Timer swap;
    private final EngineMeters engines;

    public RuntimeMetrics(Supplier<TaskFigures> figures) {
        tasks = each(Outcome.class, outcome -> requests(outcome.word, outcome));
        rejections = each(Rejection.class, reason -> requests("rejected", reason));
        authentications = each(Authentication.Outcome.class, this::authentications);
        reloads = each(Reload.class, this::reloads);
        stages = each(Stage.class, this::stageTimer);
        swap =
                histogram(
                        Timer.builder("fusion.swap")
                                .description("A whole swap, from decoding to encoding"));
        engines = new EngineMeters(registry);
        Gauge.builder("fusion.queue.depth", () -> figures.get().queued())
                .description("Tasks accepted and not yet running")
                .register(registry);
        Gauge.builder("fusion.queue.oldest", () -> oldestSeconds(figures.get()))
                .description("Age of the oldest task that is queued or running")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder("fusion.inflight", () -> figures.get().running())
                .description("Tasks on a worker now")
                .register(registry);
        bindJvm();
    }

    public void ended(Outcome outcome) {
        requireNonNull(tasks.get(outcome)).increment();
    }

    public void rejected(Rejection reason) {
        requireNonNull(rejections.get(reason)).increment();
    }

    /// A request was asked who sent it and from where.
    public void authenticated(Authentication.Outcome outcome) {
        requireNonNull(authentications.get(outcome)).increment();
    }

    /// Other models were to be served.
    public void reloaded(Reload outcome) {
        requireNonNull(reloads.get(outcome)).increment();
    }

    public void stage(Stage stage, Duration elapsed) {
        requireNonNull(stages.get(stage)).record(elapsed);
    }

    /// A whole swap, from decoding to encoding.
    public void swapped(Duration elapsed) {
        swap.record(elapsed);
    }

    /// The models are loaded, and where they run is known.
    public void loaded(ExecutionReport execution) {
        engines.loaded(execution);
    }

    /// The memory that the sessions of the calling worker have taken, by model.
    public void arenas(Map<String, ArenaFigures> arenas) {
        engines.arenas(Thread.currentThread().getName(), arenas);
    }

    /// Where other parts register the meters of their own.
    public MeterRegistry registry() {
        return registry;
    }

    /// Adds metrics that are put together when they are asked for.
    public void collect(MultiCollector metrics) {
        registry.getPrometheusRegistry().register(metrics);
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

    private static PrometheusMeterRegistry emptyRegistry() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        // Their names break the rules of Prometheus, which `promtool check metrics` knows.
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
        return registry;
    }

    private void bindJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    private static double oldestSeconds(TaskFigures figures) {
        var oldest = figures.oldest();
        return oldest == null ? 0 : oldest.toNanos() / 1e9;
    }

    private Counter requests(String outcome, Enum<?> reason) {
        return Counter.builder("fusion.requests")
                .description("Requests for a task, by how they ended")
                .tag("outcome", outcome)
                .tag("reason", label(reason))
                .register(registry);
    }

    private Counter authentications(Authentication.Outcome outcome) {
        return Counter.builder("fusion.auth")
                .description("Requests of the task API, by whether their sender was known")
                .tag("outcome", label(outcome))
                .register(registry);
    }

    private Counter reloads(Reload outcome) {
        return Counter.builder("fusion.model.reloads")
                .description("Times that other models were to be served, by what came of it")
                .tag("outcome", label(outcome))
                .register(registry);
    }

    private Timer stageTimer(Stage stage) {
        return histogram(
                Timer.builder("fusion.stage")
                        .description("One stage of a task, per picture or per face")
                        .tag("stage", label(stage)));
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
