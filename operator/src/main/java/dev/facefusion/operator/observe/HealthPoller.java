package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.Poll;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Polls every watched pod on a schedule of its own, so that one that hangs delays no other.
///
/// - Schedules start at a random moment of their period, so that polls spread evenly.
/// - A single timer thread only hands polls to virtual threads; at most `concurrency` run at once.
/// - Nothing that a poll does, not even a bug in it, ends its schedule.
/// - A cluster whose watch is not renewed within `LEASE` is forgotten, should its deletion be
///   missed.
public final class HealthPoller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HealthPoller.class);
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration BEAT_MISSED = Duration.ofSeconds(30);

    private final HealthClient client;
    private final Clock clock;
    private final Semaphore permits;
    private final PollMetrics metrics;
    private final HealthHistory history = new HealthHistory();
    private final Map<ClusterId, Watch> watches = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().name("health-timer").daemon().factory());
    private final ExecutorService workers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("health-", 0).factory());
    private volatile Consumer<ClusterId> listener = _ -> {};
    private volatile long beat = System.nanoTime();

    public HealthPoller(HealthClient client, Clock clock, int concurrency, MeterRegistry registry) {
        this.client = client;
        this.clock = clock;
        this.permits = new Semaphore(concurrency);
        this.metrics = new PollMetrics(registry, this::podsWatched);
        timer.setRemoveOnCancelPolicy(true);
        long period = BEAT.toMillis();
        var _ =
                timer.scheduleAtFixedRate(
                        () -> beat = System.nanoTime(), period, period, TimeUnit.MILLISECONDS);
    }

    private record Watch(
            PollSettings settings, Instant renewed, Map<PodInstance, Future<?>> schedules) {}

    /// Tells `listener` of every cluster whose health has changed, on the polling thread.
    void onChange(Consumer<ClusterId> listener) {
        this.listener = listener;
    }

    /// Polls exactly these pods of the cluster from now on; what is known of those that stay,
    /// stays.
    synchronized void watch(
            ClusterId cluster, Collection<PollTarget> targets, PollSettings settings) {
        var before = Optional.ofNullable(watches.get(cluster));
        var kept =
                before.filter(watch -> watch.settings().equals(settings))
                        .map(Watch::schedules)
                        .orElse(Map.of());
        var schedules = new HashMap<PodInstance, Future<?>>();
        for (var target : targets) {
            var schedule = kept.get(target.instance());
            schedules.put(
                    target.instance(),
                    schedule != null ? schedule : schedule(cluster, target, settings));
        }
        watches.put(cluster, new Watch(settings, clock.instant(), Map.copyOf(schedules)));
        before.ifPresent(watch -> retire(watch, kept.keySet(), schedules.keySet()));
    }

    /// Stops all polling of the cluster.
    synchronized void forget(ClusterId cluster) {
        var watch = watches.remove(cluster);
        if (watch != null) {
            retire(watch, Set.of(), Set.of());
        }
    }

    /// Whether polls are still being handed out.
    public boolean alive() {
        return System.nanoTime() - beat < BEAT_MISSED.toNanos();
    }

    Optional<HealthTrack> track(PodInstance instance) {
        return history.track(instance);
    }

    Set<HealthReading> readings(ClusterId cluster) {
        var watch = watches.get(cluster);
        return watch == null ? Set.of() : history.readings(watch.schedules().keySet());
    }

    int podsWatched() {
        return watches.values().stream().mapToInt(watch -> watch.schedules().size()).sum();
    }

    /// Cancels the schedules that are not kept and forgets the instances that are not watched.
    private void retire(Watch former, Set<PodInstance> kept, Set<PodInstance> watched) {
        former.schedules()
                .forEach((instance, schedule) -> {
                    if (!watched.contains(instance)) {
                        history.forget(instance);
                    }
                    if (!watched.contains(instance) || !kept.contains(instance)) {
                        schedule.cancel(false);
                    }
                });
    }

    private Future<?> schedule(ClusterId cluster, PollTarget target, PollSettings settings) {
        history.begin(target.instance(), clock.instant());
        long period = settings.period().toNanos();
        long delay = ThreadLocalRandom.current().nextLong(period);
        var schedule = new Schedule(cluster, target, settings, System.nanoTime() + delay);
        return timer.scheduleAtFixedRate(schedule, delay, period, TimeUnit.NANOSECONDS);
    }

    /// One pod's ticks; runs on the timer's thread, and never throws.
    private final class Schedule implements Runnable {
        private final ClusterId cluster;
        private final PollTarget target;
        private final PollSettings settings;
        private final AtomicBoolean busy = new AtomicBoolean();
        private long due;

        Schedule(ClusterId cluster, PollTarget target, PollSettings settings, long due) {
            this.cluster = cluster;
            this.target = target;
            this.settings = settings;
            this.due = due;
        }

        @Override
        public void run() {
            long dueNow = due;
            due += settings.period().toNanos();
            if (busy.compareAndSet(false, true)) {
                workers.execute(() -> attempt(dueNow));
            }
        }

        private void attempt(long due) {
            try {
                permits.acquire();
                try {
                    poll(due);
                } finally {
                    permits.release();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                log.atError()
                        .setCause(e)
                        .addKeyValue("namespace", cluster.namespace())
                        .addKeyValue("name", cluster.name())
                        .log("A health poll failed unexpectedly; the next one is on schedule");
            } finally {
                busy.set(false);
            }
        }

        private void poll(long due) {
            long start = System.nanoTime();
            metrics.started(Duration.ofNanos(start - due));
            Poll poll = client.poll(target.health(), settings.timeout());
            metrics.ended(poll, Duration.ofNanos(System.nanoTime() - start));
            var now = clock.instant();
            if (history.add(target.instance(), poll, now, settings.policy())) {
                listener.accept(cluster);
            }
            forgetIfAbandoned(cluster, now);
        }
    }

    private void forgetIfAbandoned(ClusterId cluster, Instant now) {
        var watch = watches.get(cluster);
        if (watch != null && now.isAfter(watch.renewed().plus(LEASE))) {
            forget(cluster);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }
}
