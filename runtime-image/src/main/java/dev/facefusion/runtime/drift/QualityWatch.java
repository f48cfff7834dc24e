package dev.facefusion.runtime.drift;

import dev.facefusion.runtime.engine.SwapOutcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes in what the engines' results tell about the models, from every worker.
///
/// Its monitor is held for a few additions at most.
public final class QualityWatch {

    private static final Duration NAN_STAYS = Duration.ofMinutes(10);

    private final Duration window;
    private final InstantSource clock;
    private @Nullable DriftWindow drift;
    // By the worker, the last to be tested last.
    private final Map<Object, SelfTestResult> selfTests = new LinkedHashMap<>();
    private @Nullable Instant nanOutput;

    /// A watch without a baseline; [#begin] gives it one.
    public QualityWatch(DriftSettings settings, InstantSource clock) {
        this.window = settings.window();
        this.clock = clock;
    }

    /// Registers `fusion_drift_identity_cosine`: NaN before the first sample.
    public void register(MeterRegistry registry) {
        Gauge.builder("fusion.drift.identity.cosine", this, QualityWatch::similarity)
                .description("Mean likeness of sampled results to their sources")
                .register(registry);
    }

    /// The models are read.
    public synchronized void begin(Optional<Baseline> baseline) {
        drift = new DriftWindow(baseline, window);
    }

    /// A worker's self-test is done. One that failed stays until that worker's passes, whatever
    /// another's says.
    ///
    /// @param worker whose it is, by identity
    public synchronized void tested(Object worker, SelfTestResult result) {
        selfTests.remove(worker);
        selfTests.put(worker, result);
    }

    /// A worker is there no more, nor is what its self-test said.
    public synchronized void left(Object worker) {
        selfTests.remove(worker);
    }

    /// A task ended.
    public synchronized void ended(SwapOutcome outcome) {
        if (drift == null) {
            return;
        }
        var now = clock.instant();
        switch (outcome) {
            case SwapOutcome.Swapped swapped -> {
                drift.swapped(now);
                if (swapped.likeness().isPresent()) {
                    drift.measured(swapped.likeness().getAsDouble(), now);
                }
            }
            case SwapOutcome.NoFace _ -> drift.noFace(now);
            case SwapOutcome.BadMedia _, SwapOutcome.BadOption _ -> {}
        }
    }

    /// A task was lost to values that are not finite.
    public synchronized void nanOutput() {
        nanOutput = clock.instant();
    }

    /// Everything, now.
    public synchronized QualityFigures figures() {
        var now = clock.instant();
        return new QualityFigures(
                selfTest(),
                drift == null ? null : drift.figures(now),
                nanOutput != null && now.isBefore(nanOutput.plus(NAN_STAYS)));
    }

    private @Nullable SelfTestResult selfTest() {
        SelfTestResult last = null;
        for (var result : selfTests.values()) {
            if (result.fault().isPresent()) {
                return result;
            }
            last = result;
        }
        return last;
    }

    private double similarity() {
        var figures = figures().drift();
        return figures == null || figures.identitySimilarity() == null
                ? Double.NaN
                : figures.identitySimilarity();
    }
}
