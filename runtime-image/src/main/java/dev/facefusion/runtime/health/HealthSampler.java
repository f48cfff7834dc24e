package dev.facefusion.runtime.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.health.Observation.Instance;
import dev.facefusion.runtime.host.HostUsage;
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
    private final Supplier<CustomFigures> custom;
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

    /// Both answers, taken from one observation.
    record Answers(Answer health, Answer ready) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] json) {}

    private HealthSampler(
            RuntimeLife life,
            TaskLedger ledger,
            Machine machine,
            Supplier<CustomFigures> custom,
            Duration stallThreshold,
            InstantSource clock) {
        this.life = life;
        this.ledger = ledger;
        this.machine = machine;
        this.custom = custom;
        this.stallThreshold = stallThreshold;
        this.clock = clock;
        this.instance = new Instance(UUID.randomUUID().toString(), clock.instant());
        this.answers = new AtomicReference<>(render());
    }

    /// Has answers from the moment it returns.
    ///
    /// @param custom what the health plug-ins say; must not block
    public static HealthSampler start(
            RuntimeLife life,
            TaskLedger ledger,
            Machine machine,
            Supplier<CustomFigures> custom,
            Duration stallThreshold,
            InstantSource clock) {
        var sampler = new HealthSampler(life, ledger, machine, custom, stallThreshold, clock);
        var _ =
                sampler.renderer.scheduleAtFixedRate(
                        sampler::refresh, 0, RENDER_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return sampler;
    }

    /// The latest answers. Takes no lock.
    Answers answers() {
        return answers.get();
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

    private Answers render() {
        var seen =
                new Observation(
                        clock.instant(),
                        instance,
                        life.state(),
                        ledger.figures(),
                        life.engine(),
                        machine.host().get(),
                        machine.gpus().get(),
                        custom.get(),
                        stallThreshold);
        return new Answers(
                new Answer(seen.stuck() ? SERVICE_UNAVAILABLE : OK, json(HealthReport.of(seen))),
                new Answer(
                        seen.state().accepting() ? OK : SERVICE_UNAVAILABLE,
                        json(HealthReport.ofReadiness(seen))));
    }

    private static byte[] json(HealthReport report) {
        try {
            return JSON.writeValueAsBytes(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a health report is always JSON", e);
        }
    }
}
