package dev.facefusion.runtime.memory;

/// Work for a timer. One keeps an error to itself, and never does the work again; this has the
/// thread's handler hear of it, as when a thread of its own ends by it.
public record Chore(Runnable work) implements Runnable {

    @Override
    public void run() {
        try {
            work.run();
        } catch (Error e) {
            var thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            throw e;
        }
    }
}
