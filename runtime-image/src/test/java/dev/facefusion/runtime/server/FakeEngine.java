package dev.facefusion.runtime.server;

import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.session.NonFiniteOutputException;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// An engine whose tasks end when the test says so.
final class FakeEngine implements Engine {

    final Semaphore started = new Semaphore(0);
    final Semaphore mayFinish = new Semaphore(0);
    final CountDownLatch mayWarmUp;
    final AtomicInteger closed = new AtomicInteger();

    /// Tasks that it gave up because they were cancelled.
    final AtomicInteger stopped = new AtomicInteger();

    private final BiConsumer<StageListener, Cancellation> work;

    private FakeEngine(int warmUpSteps) {
        this.mayWarmUp = new CountDownLatch(warmUpSteps);
        this.work = (_, _) -> mayFinish.acquireUninterruptibly();
    }

    private FakeEngine(BiConsumer<StageListener, Cancellation> work) {
        this.mayWarmUp = new CountDownLatch(0);
        this.work = work;
    }

    static FakeEngine warm() {
        return new FakeEngine(0);
    }

    static FakeEngine cold() {
        return new FakeEngine(1);
    }

    /// One that does this in every task.
    static FakeEngine busy(BiConsumer<StageListener, Cancellation> work) {
        return new FakeEngine(work);
    }

    /// One whose tasks only end when they are cancelled, and then at once.
    static FakeEngine obedient() {
        return busy((_, cancellation) -> {
            var cancelled = new Semaphore(0);
            try (var _ = cancellation.whenCancelled(cancelled::release)) {
                cancelled.acquireUninterruptibly();
            }
        });
    }

    /// The target as the result. A source that reads `defect` or `nan` throws. A cancelled task
    /// ends when the test says so, too: the engine is in the middle of something.
    @Override
    public SwapOutcome swap(
            SwapRequest request, StageListener progress, Cancellation cancellation) {
        progress.finished(Stage.DECODE, Duration.ofMillis(1));
        started.release();
        work.accept(progress, cancellation);
        if (cancellation.cancelled()) {
            stopped.incrementAndGet();
            throw new CancellationException("as the test wants it");
        }
        if (new String(read(request.sources().getFirst()), StandardCharsets.UTF_8).equals("nan")) {
            throw new NonFiniteOutputException("facemesh_468", "landmarks");
        }
        if (new String(read(request.sources().getFirst()), StandardCharsets.UTF_8)
                .equals("defect")) {
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

    /// Every frame as it is, when the test says so.
    @Override
    public Preparation prepare(
            List<Path> sources,
            SwapOptions options,
            StageListener progress,
            Cancellation cancellation) {
        return new Preparation.Ready((_, _, _) -> {
            started.release();
            work.accept(progress, cancellation);
            cancellation.check();
            return false;
        });
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
