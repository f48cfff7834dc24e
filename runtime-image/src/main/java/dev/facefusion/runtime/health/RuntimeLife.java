package dev.facefusion.runtime.health;

import dev.facefusion.runtime.health.RuntimeState.Draining;
import dev.facefusion.runtime.health.RuntimeState.Failed;
import dev.facefusion.runtime.health.RuntimeState.Leaving;
import dev.facefusion.runtime.health.RuntimeState.Ready;
import dev.facefusion.runtime.health.RuntimeState.Starting;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that knows in which state the process is. It starts in [Starting]; a change that
/// is not legal is ignored, so that a late worker cannot undo a drain.
///
/// ```
/// Starting ──► Ready ──► Leaving ──► Draining
///     │  │       └────────────────────►  ▲
///     │  └───────────────────────────────┤
///     └──► Failed ───────────────────────┘
/// ```
public final class RuntimeLife {

    private static final Logger log = LoggerFactory.getLogger(RuntimeLife.class);

    private final AtomicReference<RuntimeState> state = new AtomicReference<>(new Starting());
    private final AtomicReference<EngineFigures> engine =
            new AtomicReference<>(EngineFigures.none());

    /// The state now.
    public RuntimeState state() {
        return state.get();
    }

    /// The models and what they run on, as far as known.
    public EngineFigures engine() {
        return engine.get();
    }

    /// The models are known, or known better.
    public void learned(EngineFigures figures) {
        engine.set(figures);
    }

    /// The models are loaded and have run once.
    public void ready() {
        change(new Ready());
    }

    /// The models cannot be loaded.
    public void failed(String reason) {
        change(new Failed(reason));
    }

    /// The end is near: tasks should go elsewhere.
    public void leaving() {
        change(new Leaving());
    }

    /// No more tasks.
    public void draining() {
        change(new Draining());
    }

    private void change(RuntimeState next) {
        var before = state.getAndUpdate(now -> legal(now, next) ? next : now);
        if (legal(before, next)) {
            log.atInfo()
                    .addKeyValue("from", before.getClass().getSimpleName())
                    .addKeyValue("to", next.getClass().getSimpleName())
                    .log("State changed");
        }
    }

    private static boolean legal(RuntimeState from, RuntimeState to) {
        return switch (to) {
            case Starting _ -> false;
            case Ready _, Failed _ -> from instanceof Starting;
            case Leaving _ -> from instanceof Ready;
            case Draining _ -> !(from instanceof Draining);
        };
    }
}
