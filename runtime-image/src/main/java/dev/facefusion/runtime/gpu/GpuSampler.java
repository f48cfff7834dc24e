package dev.facefusion.runtime.gpu;

import dev.facefusion.runtime.gpu.GpuReader.Round;
import dev.facefusion.runtime.host.PidNamespace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the GPUs once a second on a thread of its own, the only one but that of [XidWatch] that
/// calls the driver. A call that blocks holds up nobody else: the figures grow old, and say so.
public final class GpuSampler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GpuSampler.class);

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration STALE = Duration.ofSeconds(10);
    // Older figures would be taken for today's.
    private static final Duration WORTHLESS = Duration.ofSeconds(60);

    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Seen seen = new Seen(null, 0, null);
    private volatile @Nullable NvmlCaller caller;

    /// @param round the last that ended; `null` before the first
    /// @param at when it did
    /// @param error a sentence on what failed since
    private record Seen(@Nullable Round round, long at, @Nullable String error) {}

    private GpuSampler(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Begins to read; where there is no NVML it finds nothing, and ends.
    public static GpuSampler start(GpuSettings settings) {
        return start(settings, System::nanoTime);
    }

    /// @param nanoTime a clock that only runs forward
    static GpuSampler start(GpuSettings settings, LongSupplier nanoTime) {
        var sampler = new GpuSampler(nanoTime);
        Thread.ofPlatform().daemon().name("gpu-sampler").start(() -> sampler.sample(settings));
        return sampler;
    }

    /// The GPUs as last read. Takes no lock.
    public GpuFigures figures() {
        var now = nanoTime.getAsLong();
        var last = seen;
        var round = last.round();
        var blocked = blocked(now);
        if (round == null) {
            return new GpuFigures(
                    null, null, blocked == null ? last.error() : blocked, blocked != null);
        }
        var age = Duration.ofNanos(now - last.at());
        var stale = age.compareTo(STALE) > 0;
        return new GpuFigures(
                age.compareTo(WORTHLESS) > 0 ? forgotten(round.gpus()) : round.gpus(),
                age,
                stale ? staleness(age, blocked, last.error()) : error(last),
                stale);
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private static @Nullable String error(Seen last) {
        return last.error() == null && last.round() != null ? last.round().error() : last.error();
    }

    private static String staleness(
            Duration age, @Nullable String blocked, @Nullable String error) {
        var old = "The GPU figures are %d s old.".formatted(age.toSeconds());
        if (blocked != null) {
            return blocked + " " + old;
        }
        return error == null ? "NVML answers slowly. " + old : error + " " + old;
    }

    private @Nullable String blocked(long now) {
        var inside = caller == null ? null : caller.inside();
        if (inside == null || now - inside.since() <= STALE.toNanos()) {
            return null;
        }
        return "NVML does not answer: %s has not returned for %d s."
                .formatted(
                        inside.function().symbol(),
                        Duration.ofNanos(now - inside.since()).toSeconds());
    }

    private static List<Gpu> forgotten(List<Gpu> gpus) {
        return gpus.stream().map(Gpu::forgotten).toList();
    }

    private void sample(GpuSettings settings) {
        try {
            var nvml = Nvml.load(settings.library());
            if (nvml.isEmpty()) {
                log.atInfo().log("No NVML: GPUs are not reported");
                return;
            }
            var calls = new NvmlCaller(nvml.get(), nanoTime);
            caller = calls;
            initialise(calls);
            var xids = XidWatch.start(new NvmlCaller(nvml.get(), nanoTime), closed);
            var pid = PidNamespace.read(Path.of("/proc")).hostPid();
            readForever(new GpuReader(calls, xids::count, pid));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            failed(e instanceof NvmlException ? e.getMessage() : "NVML cannot be used: " + e);
            log.atWarn().setCause(e).log("GPUs are not reported: NVML cannot be used");
        }
    }

    // The driver may be loaded later than the pod.
    private void initialise(NvmlCaller nvml) throws InterruptedException {
        for (var code = nvml.call(NvmlFunction.INIT);
                code != NvmlReturn.SUCCESS;
                code = nvml.call(NvmlFunction.INIT)) {
            failed(new NvmlException(NvmlFunction.INIT, code).getMessage());
            if (closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private void readForever(GpuReader reader) throws InterruptedException {
        do {
            try {
                var round = reader.read(nanoTime.getAsLong());
                seen = new Seen(round, nanoTime.getAsLong(), null);
            } catch (NvmlException e) {
                failed(e.getMessage());
            }
        } while (!closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void failed(@Nullable String error) {
        if (!Objects.equals(error, seen.error())) {
            log.atWarn().addKeyValue("reason", error).log("GPUs cannot be read");
        }
        seen = new Seen(seen.round(), seen.at(), error);
    }
}
