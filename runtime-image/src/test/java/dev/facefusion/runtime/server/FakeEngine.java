package dev.facefusion.runtime.server;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// An engine whose tasks end when the test says so.
final class FakeEngine implements Engine {

    final Semaphore started = new Semaphore(0);
    final Semaphore mayFinish = new Semaphore(0);
    final CountDownLatch mayWarmUp;
    final AtomicInteger closed = new AtomicInteger();

    private FakeEngine(int warmUpSteps) {
        this.mayWarmUp = new CountDownLatch(warmUpSteps);
    }

    static FakeEngine warm() {
        return new FakeEngine(0);
    }

    static FakeEngine cold() {
        return new FakeEngine(1);
    }

    /// The target as the result. A source that reads `defect` throws. A cancelled task ends when
    /// the test says so, too: the engine is in the middle of something.
    @Override
    public SwapOutcome swap(
            SwapRequest request, StageListener progress, Cancellation cancellation) {
        progress.finished(Stage.DECODE, Duration.ofMillis(1));
        started.release();
        mayFinish.acquireUninterruptibly();
        cancellation.check();
        if (new String(read(request.source()), StandardCharsets.UTF_8).equals("defect")) {
            throw new IllegalStateException("a defect, on purpose");
        }
        return new Swapped(
                read(request.target()),
                request.options().outputFormat(),
                1,
                1,
                1,
                Duration.ofMillis(7));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<String> models() {
        return Set.of("blazeface_back_256");
    }

    @Override
    public Map<String, ArenaFigures> arenas() {
        return Map.of();
    }

    @Override
    public ExecutionReport execution() {
        return new ExecutionReport(
                List.of(ExecutionProvider.CPU), ExecutionProvider.CPU, List.of(), Map.of());
    }

    @Override
    public void warmUp() {
        try {
            mayWarmUp.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}
