package dev.facefusion.runtime.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.health.Observation.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Renders the answers of `/health` and `/ready` ahead of the questions.
///
/// Two threads: one renders from what is in memory; the other measures the host, which may take its
/// time without holding up the first.
public final class HealthSampler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthSampler.class);

    private static final Duration RENDER_PERIOD = Duration.ofMillis(250);
    private static final Duration MEASURE_PERIOD = Duration.ofSeconds(1);
    private static final Path CGROUP_ROOT = Path.of("/sys/fs/cgroup");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final RuntimeLife life;
    private final TaskLedger ledger;
    private final Duration stallThreshold;
    private final InstantSource clock;
    private final Instance instance;
    private final AtomicReference<HostUsage> host = new AtomicReference<>(HostUsage.unknown());
    private final AtomicReference<Answers> answers;
    private final ScheduledExecutorService renderer = daemon("health-render");
    private final ScheduledExecutorService measurer = daemon("health-measure");

    /// Both answers, taken from one observation.
    record Answers(Answer health, Answer ready) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] json) {}

    private HealthSampler(
            RuntimeLife life, TaskLedger ledger, Duration stallThreshold, InstantSource clock) {
        this.life = life;
        this.ledger = ledger;
        this.stallThreshold = stallThreshold;
        this.clock = clock;
        this.instance = new Instance(UUID.randomUUID().toString(), clock.instant());
        this.answers = new AtomicReference<>(render());
    }

    /// Has answers from the moment it returns.
    public static HealthSampler start(
            RuntimeLife life, TaskLedger ledger, Duration stallThreshold, InstantSource clock) {
        var sampler = new HealthSampler(life, ledger, stallThreshold, clock);
        var _ =
                sampler.renderer.scheduleAtFixedRate(
                        sampler::refresh, 0, RENDER_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        sampler.measurer.execute(sampler::measureForever);
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
        measurer.shutdownNow();
    }

    private Answers render() {
        var seen =
                new Observation(
                        clock.instant(),
                        instance,
                        life.state(),
                        ledger.figures(),
                        life.engine(),
                        host.get(),
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

    // Where the host cannot be measured its figures stay unknown, and the log says so once.
    private void measureForever() {
        try {
            var meter = new HostMeter(CGROUP_ROOT, System::nanoTime);
            var _ =
                    measurer.scheduleAtFixedRate(
                            () -> measure(meter),
                            0,
                            MEASURE_PERIOD.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RuntimeException | LinkageError e) {
            log.atWarn().setCause(e).log("Host figures are unknown: they cannot be measured");
        }
    }

    private void measure(HostMeter meter) {
        try {
            host.set(meter.measure());
        } catch (RuntimeException e) {
            host.set(HostUsage.unknown());
            log.atDebug().setCause(e).log("Host figures are unknown for now");
        }
    }

    private static ScheduledExecutorService daemon(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }
}
