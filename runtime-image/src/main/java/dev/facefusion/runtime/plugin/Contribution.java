package dev.facefusion.runtime.plugin;

import dev.facefusion.runtime.plugin.CustomFigures.Named;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One contributor on a thread of its own. One that blocks for ever holds this thread and no other:
/// it is not asked again before it returned.
final class Contribution {

    private static final Logger log = LoggerFactory.getLogger(Contribution.class);

    private final ServiceLoader.Provider<HealthContributor> provider;
    private final PluginSettings settings;
    private final RuntimeView runtime;
    private final LongSupplier nanoTime;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    // Guarded by the monitor, which is never held while the plug-in's code runs.
    private @Nullable Identity identity;
    private @Nullable Long callingSince;
    private boolean interrupted;
    private Last last = new Nothing();

    private record Identity(String name, String unit) {}

    /// What the last call left.
    private sealed interface Last {}

    /// No value, and no fault.
    private record Nothing() implements Last {}

    private record Valued(HealthValue value) implements Last {}

    /// @param reason nothing that the plug-in wrote: its words may hold a secret
    private record Lost(String reason) implements Last {}

    /// A contributor as it stands.
    ///
    /// @param label its name, or its class where the name is not known
    record Snapshot(String label, Optional<Named> value, Optional<String> error) {}

    /// @param nanoTime a clock that only runs forward, such as `System::nanoTime`
    Contribution(
            ServiceLoader.Provider<HealthContributor> provider,
            PluginSettings settings,
            RuntimeView runtime,
            LongSupplier nanoTime) {
        this.provider = provider;
        this.settings = settings;
        this.runtime = runtime;
        this.nanoTime = nanoTime;
        this.thread =
                Thread.ofPlatform()
                        .daemon()
                        .name("plugin-" + provider.type().getSimpleName())
                        .unstarted(this::askUntilClosed);
    }

    /// The name of the class.
    String type() {
        return provider.type().getName();
    }

    void start() {
        thread.start();
    }

    void close() {
        closed.countDown();
        thread.interrupt();
    }

    synchronized Snapshot snapshot() {
        var known = identity;
        var label = known == null ? type() : known.name();
        return switch (overdue() ? blocked() : last) {
            case Nothing _ -> new Snapshot(label, Optional.empty(), Optional.empty());
            case Lost(var reason) -> new Snapshot(label, Optional.empty(), Optional.of(reason));
            case Valued(var value) ->
                    new Snapshot(
                            label,
                            Optional.ofNullable(known)
                                    .map(names -> new Named(names.name(), names.unit(), value)),
                            Optional.empty());
        };
    }

    /// Interrupts a call that takes too long, once, and says so.
    synchronized void interruptIfOverdue() {
        if (overdue() && !interrupted) {
            interrupted = true;
            thread.interrupt();
            settle(blocked(), null);
        }
    }

    private synchronized boolean overdue() {
        return callingSince != null
                && nanoTime.getAsLong() - callingSince > settings.timeout().toNanos();
    }

    private Lost blocked() {
        return new Lost(
                "it did not return within %s s".formatted(settings.timeout().toMillis() / 1000.0));
    }

    // One that cannot be constructed, or has no name, has no second chance: its class is as it is.
    private void askUntilClosed() {
        var opened = new AtomicReference<@Nullable HealthContributor>();
        call(() -> open(opened));
        var contributor = opened.get();
        if (contributor == null) {
            return;
        }
        try {
            do {
                call(() -> ask(contributor));
            } while (!closed.await(settings.period().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            // the runtime ends
        }
    }

    private void call(Callable<Last> code) {
        synchronized (this) {
            callingSince = nanoTime.getAsLong();
            interrupted = false;
        }
        Last answer;
        @Nullable Throwable cause = null;
        try {
            answer = code.call();
        } catch (Throwable e) { // also a class that is missing, or a stack that is too deep
            cause =
                    e instanceof ServiceConfigurationError && e.getCause() != null
                            ? e.getCause()
                            : e;
            answer = new Lost("it threw " + cause.getClass().getName());
        }
        synchronized (this) {
            settle(overdue() ? blocked() : answer, cause);
            callingSince = null;
            if (closed.getCount() > 0) {
                Thread.interrupted(); // meant for the call that just ended
            }
        }
    }

    private Last open(AtomicReference<@Nullable HealthContributor> opened) {
        var contributor = provider.get();
        var name = contributor.name();
        var unit = contributor.unit();
        var fault = Bounds.fault(name, unit);
        if (fault.isPresent()) {
            return new Lost(fault.get());
        }
        synchronized (this) {
            identity = new Identity(name, unit);
        }
        opened.set(contributor);
        return new Nothing();
    }

    // NullAway cannot know what code that it did not compile returns.
    @SuppressWarnings({"ConstantValue", "OptionalAssignedToNull"})
    private Last ask(HealthContributor contributor) throws Exception {
        var value = contributor.value(runtime);
        if (value == null) {
            return new Lost("it returned null");
        }
        return value.map(Contribution::bounded).orElseGet(Nothing::new);
    }

    private static Last bounded(HealthValue value) {
        return Bounds.fault(value).<Last>map(Lost::new).orElseGet(() -> new Valued(value));
    }

    // Says a fault once, however often it repeats, and that it is over.
    private synchronized void settle(Last next, @Nullable Throwable cause) {
        if (next instanceof Lost(var reason) && !next.equals(last)) {
            log.atWarn()
                    .addKeyValue("plugin", type())
                    .setCause(cause)
                    .log("Health plug-in lost its value: {}", reason);
        } else if (last instanceof Lost && !(next instanceof Lost)) {
            log.atInfo().addKeyValue("plugin", type()).log("Health plug-in is back");
        }
        last = next;
    }
}
