package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.drift.DriftSettings;
import dev.facefusion.runtime.drift.SelfTestResult;
import dev.facefusion.runtime.health.DeepCheck;
import dev.facefusion.runtime.health.DeepReport;
import dev.facefusion.runtime.health.DeepReport.Skipped;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.queue.Examination.Finding;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Swaps the golden sample when somebody asks, on a worker that has nothing else to do, and not
/// more often than the settings say: in between the last result is the answer.
public final class SelfTestOnDemand implements DeepCheck {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    // The management port drops a request that is not answered within two seconds.
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final DriftSettings settings;
    private final RuntimeLife life;
    private final TaskQueue queue;
    private final LongSupplier nanoTime;
    private final Duration deadline;
    private final Duration patience;
    private Optional<UnderWay> underWay = Optional.empty();
    private Optional<Known> known = Optional.empty();

    /// @param nanoTime a clock that only runs forward, such as `System::nanoTime`
    public SelfTestOnDemand(
            DriftSettings settings, RuntimeLife life, TaskQueue queue, LongSupplier nanoTime) {
        this(settings, life, queue, nanoTime, DEADLINE, PATIENCE);
    }

    /// @param deadline after which the engine has failed
    /// @param patience how long an answer may take
    SelfTestOnDemand(
            DriftSettings settings,
            RuntimeLife life,
            TaskQueue queue,
            LongSupplier nanoTime,
            Duration deadline,
            Duration patience) {
        this.settings = settings;
        this.life = life;
        this.queue = queue;
        this.nanoTime = nanoTime;
        this.deadline = deadline;
        this.patience = patience;
    }

    private record UnderWay(Examination examination, long since) {}

    private record Known(Examination from, SelfTestResult result, long at) {}

    /// Waits for a result until a second and a half after the test began; one that takes longer is
    /// the answer to a later question.
    @Override
    public synchronized DeepReport ask() throws InterruptedException {
        if (!settings.selfTest()) {
            return DeepReport.skipped(Skipped.OFF);
        }
        if (!life.state().ready()) {
            return DeepReport.skipped(Skipped.UNREADY);
        }
        if (underWay.isEmpty()) {
            if (known.isPresent() && !isStale(known.get())) {
                return report(known.get());
            }
            underWay =
                    queue.examine(deadline).map(begun -> new UnderWay(begun, nanoTime.getAsLong()));
        }
        if (underWay.isEmpty()) {
            return DeepReport.skipped(Skipped.BUSY);
        }
        var examination = underWay.get().examination();
        return switch (examination.await(patience.minus(since(underWay.get().since())))) {
            case Finding.Running _ -> DeepReport.skipped(Skipped.RUNNING);
            case Finding.GaveWay _ -> {
                underWay = Optional.empty();
                yield DeepReport.skipped(Skipped.BUSY);
            }
            case Finding.Tested(var result) -> {
                underWay = Optional.empty();
                var now = new Known(examination, result, nanoTime.getAsLong());
                known = Optional.of(now);
                yield report(now);
            }
        };
    }

    // For as long as its worker hangs in it, it is true.
    private boolean isStale(Known last) {
        return last.from().over() && since(last.at()).compareTo(settings.selfTestPeriod()) >= 0;
    }

    private DeepReport report(Known last) {
        return DeepReport.of(last.result(), since(last.at()));
    }

    private Duration since(long moment) {
        return Duration.ofNanos(nanoTime.getAsLong() - moment);
    }
}
