package dev.facefusion.runtime.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.drift.QualityFigures;
import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.health.Observation.Instance;
import dev.facefusion.runtime.host.HostUsage;
import dev.facefusion.runtime.memory.Chore;
import dev.facefusion.runtime.plugin.CustomFigures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders the answers of `/health` and `/ready` ahead of the questions.
///
/// It renders from what is in memory: those who measure do so on threads of their own, and may take
/// their time.
public final class HealthSampler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthSampler.class);

    private static final Duration RENDER_PERIOD = Duration.ofMillis(250);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final RuntimeLife life;
    private final TaskLedger ledger;
    private final Witnesses witnesses;
    private final Duration stallThreshold;
    private final InstantSource clock;
    private final Instance instance;
    private final Machine machine;
    private final AtomicReference<Answers> answers;
    private final ScheduledExecutorService renderer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("health-render").factory());

    /// Where the last figures of the machine are; neither may block.
    public record Machine(Supplier<HostUsage> host, Supplier<GpuFigures> gpus) {}

    /// Where the figures of plug-ins and models are; neither may block.
    public record Witnesses(Supplier<CustomFigures> plugins, Supplier<QualityFigures> quality) {

        /// Nobody says anything.
        public static Witnesses none() {
            return new Witnesses(CustomFigures::none, QualityFigures::none);
        }
    }

    /// Both answers, taken from one observation, and what the first one says.
    record Answers(Answer health, Answer ready, HealthReport report) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] json) {}

    private HealthSampler(
            RuntimeLife life,
            TaskLedger ledger,
            Machine machine,
            Witnesses witnesses,
            Duration stallThreshold,
            InstantSource clock) {
        this.life = life;
        this.ledger = ledger;
        this.machine = machine;
        this.witnesses = witnesses;
        this.stallThreshold = stallThreshold;
        this.clock = clock;
        this.instance = new Instance(UUID.randomUUID().toString(), clock.instant());
        this.answers = new AtomicReference<>(render());
    }

    /// Has answers from the moment it returns.
    public static HealthSampler start(
            RuntimeLife life,
            TaskLedger ledger,
            Machine machine,
            Witnesses witnesses,
            Duration stallThreshold,
            InstantSource clock) {
        var sampler = new HealthSampler(life, ledger, machine, witnesses, stallThreshold, clock);
        var _ =
                sampler.renderer.scheduleAtFixedRate(
                        new Chore(sampler::refresh),
                        0,
                        RENDER_PERIOD.toMillis(),
                        TimeUnit.MILLISECONDS);
        return sampler;
    }

    /// The latest answers. Takes no lock.
    Answers answers() {
        return answers.get();
    }

    /// What `/ready` says to whoever asked for more than figures: not to be called for others, it
    /// renders.
    Answer readiness(DeepReport deep) {
        refresh(); // what was found is in everybody's report
        var seen = observe();
        var ok = seen.state().ready() && !seen.selfTestFailed();
        return new Answer(
                ok ? OK : SERVICE_UNAVAILABLE, json(HealthReport.ofReadiness(seen, deep)));
    }

    /// The id of this process in every answer.
    public String instanceId() {
        return instance.id();
    }

    /// What `/health` says now. Takes no lock.
    public HealthReport report() {
        return answers.get().report();
    }

    /// Renders now, for a change that must be seen at once. Never throws. One at a time, so that an
    /// older observation never replaces a newer one.
    public synchronized void refresh() {
        try {
            answers.set(render());
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Health report cannot be rendered");
        }
    }

    @Override
    public void close() {
        renderer.shutdownNow();
    }

    private Observation observe() {
        return new Observation(
                clock.instant(),
                instance,
                life.state(),
                ledger.figures(),
                life.engine(),
                machine.host().get(),
                machine.gpus().get(),
                witnesses.plugins().get(),
                witnesses.quality().get(),
                stallThreshold);
    }

    private Answers render() {
        var seen = observe();
        var report = HealthReport.of(seen);
        return new Answers(
                new Answer(seen.stuck() ? SERVICE_UNAVAILABLE : OK, json(report)),
                new Answer(
                        seen.state().ready() ? OK : SERVICE_UNAVAILABLE,
                        json(HealthReport.ofReadiness(seen))),
                report);
    }

    private static byte[] json(HealthReport report) {
        try {
            return JSON.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a health report is always JSON", e);
        }
    }
}
