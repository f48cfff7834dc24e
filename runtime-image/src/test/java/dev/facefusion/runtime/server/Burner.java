package dev.facefusion.runtime.server;

import java.util.List;
import java.util.stream.Stream;

/// Keeps cores busy with threads that give way to nobody, until it is closed.
final class Burner implements AutoCloseable {

    private final List<Thread> threads;

    private Burner(int cores) {
        threads =
                Stream.generate(() ->
                                Thread.ofPlatform().daemon().name("burner").unstarted(Burner::burn))
                        .limit(cores)
                        .toList();
        threads.forEach(Thread::start);
    }

    static Burner onAllCores() {
        return new Burner(Runtime.getRuntime().availableProcessors());
    }

    private static void burn() {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
