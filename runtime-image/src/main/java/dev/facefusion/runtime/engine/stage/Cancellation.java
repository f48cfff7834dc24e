package dev.facefusion.runtime.engine.stage;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;

/// The wish that a task ends early. Any thread may express it, at any time, also after the task
/// ended; the task's own thread heeds it between two stages and within a model's run.
public final class Cancellation {

    private final Set<Hook> hooks = new LinkedHashSet<>();
    private boolean cancelled;

    /// What stops something that runs, for as long as it runs.
    public final class Hook implements AutoCloseable {

        private final Runnable stop;

        private Hook(Runnable stop) {
            this.stop = stop;
        }

        /// When it returns, the hook is not running and never will again.
        @Override
        public void close() {
            synchronized (Cancellation.this) {
                hooks.remove(this);
            }
        }
    }

    /// Stops what is hooked, once; without effect from the second time on.
    public synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            hooks.forEach(hook -> hook.stop.run());
        }
    }

    public synchronized boolean cancelled() {
        return cancelled;
    }

    /// Does nothing for as long as the task may go on.
    ///
    /// @throws CancellationException if it is to end
    public void check() {
        if (cancelled()) {
            throw new CancellationException("the task was cancelled");
        }
    }

    /// Has `stop` run when the task is cancelled, on the thread that cancels it; at once if that
    /// happened already. It must be quick and must not throw.
    public synchronized Hook whenCancelled(Runnable stop) {
        var hook = new Hook(stop);
        hooks.add(hook);
        if (cancelled) {
            stop.run();
        }
        return hook;
    }
}
