package dev.facefusion.runtime.host;

import dev.facefusion.runtime.memory.Chore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures the host once a second on a thread of its own, which may take its time.
public final class HostSampler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HostSampler.class);

    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final AtomicReference<HostUsage> usage = new AtomicReference<>(HostUsage.unknown());
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("host-sampler").factory());

    private HostSampler() {}

    public static HostSampler start() {
        var sampler = new HostSampler();
        sampler.thread.execute(sampler::measureForever);
        return sampler;
    }

    /// The last measurement. Takes no lock.
    public HostUsage usage() {
        return usage.get();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    // Where the host cannot be measured its figures stay unknown, and the log says so once.
    private void measureForever() {
        try {
            var meter = new HostMeter(Path.of("/proc"), System::nanoTime);
            var _ =
                    thread.scheduleAtFixedRate(
                            new Chore(() -> measure(meter)),
                            0,
                            PERIOD.toMillis(),
                            TimeUnit.MILLISECONDS);
        } catch (RuntimeException | LinkageError e) {
            log.atWarn().setCause(e).log("Host figures are unknown: they cannot be measured");
        }
    }

    private void measure(HostMeter meter) {
        try {
            usage.set(meter.measure());
        } catch (RuntimeException e) {
            usage.set(HostUsage.unknown());
            log.atDebug().setCause(e).log("Host figures are unknown for now");
        }
    }
}
