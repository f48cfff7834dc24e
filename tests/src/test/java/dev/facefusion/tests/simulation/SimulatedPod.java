package dev.facefusion.tests.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// One pod's runtime as a state machine: it loads models, works, drains, exits and comes back.
/// Every method takes the time, and none blocks.
public final class SimulatedPod {
    private static final Duration DOWN = Duration.ofSeconds(1);

    /// The kubelet needs two probes to find a pod unready.
    private static final Duration PROBES = Duration.ofSeconds(2);

    private final Identity identity;
    private final Workload workload;
    private final Faults faults;

    private int restarts;
    private Instant startedAt;
    private UUID instance = UUID.randomUUID();
    private Optional<Instant> drainingSince = Optional.empty();
    private Intent intent = Intent.SERVE;
    private Optional<Instant> downSince = Optional.empty();
    private Optional<Instant> unreadySince = Optional.empty();
    private boolean ready;
    private double queued;
    private double completed;
    private Behaviour behaviour = Behaviour.HEALTHY;
    private Instant behavesSince;

    private enum Intent {
        SERVE,
        RESTART,
        END
    }

    /// Which pod it is.
    ///
    /// @param ordinal in the order of creation within the fleet
    public record Identity(String uid, String name, String node, int ordinal) {}

    /// What the kubelet tells the API server.
    public record ContainerState(
            int restarts, Instant startedAt, boolean running, boolean ready, boolean ended) {}

    /// The answer to `POST /drain` and `POST /restart`.
    public enum Answer {
        ACCEPTED(202),
        OTHER_INSTANCE(412);

        private final int status;

        Answer(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    public SimulatedPod(Identity identity, Workload workload, Faults faults, Instant now) {
        this.identity = identity;
        this.workload = workload;
        this.faults = faults;
        this.startedAt = now;
        this.behavesSince = now;
    }

    public Identity identity() {
        return identity;
    }

    /// Moves on to the present, with the tasks that have arrived since.
    public synchronized ContainerState advance(Instant now, Duration step, double arrivals) {
        notice(faults.of(identity), now);
        if (downSince.isPresent()) {
            comeBack(now);
        } else {
            work(step, arrivals);
            exitOnceDrained(now);
        }
        observeReadiness(now);
        return containerState();
    }

    private void notice(Behaviour present, Instant now) {
        if (!present.equals(behaviour)) {
            behaviour = present;
            behavesSince = now;
        }
    }

    private void comeBack(Instant now) {
        boolean over = !now.isBefore(downSince.orElseThrow().plus(DOWN));
        if (over && intent == Intent.RESTART) {
            intent = Intent.SERVE;
            downSince = Optional.empty();
            drainingSince = Optional.empty();
            faults.cureInstance(identity);
            startedAt = now;
            behavesSince = now;
            restarts++;
            instance = UUID.randomUUID();
            completed = 0;
            queued = 0;
        }
    }

    private void work(Duration step, double arrivals) {
        queued += arrivals;
        if (behaviour.kind().finishesTasks()) {
            double done =
                    Math.min(queued, step.toMillis() / (double) workload.taskTime().toMillis());
            queued -= done;
            completed += done;
        }
    }

    private void exitOnceDrained(Instant now) {
        if (intent != Intent.SERVE && drainingSince.isPresent()) {
            boolean late = !now.isBefore(drainingSince.get().plus(workload.drainTimeout()));
            if (late || tasksInFlight(now) == 0) {
                downSince = Optional.of(now);
            }
        }
    }

    private void observeReadiness(Instant now) {
        boolean looksReady = accepts(now) && behaviour.kind().looksReady();
        unreadySince = looksReady ? Optional.empty() : Optional.of(unreadySince.orElse(now));
        boolean noticed = unreadySince.filter(since -> now.isBefore(since.plus(PROBES))).isEmpty();
        ready = downSince.isEmpty() && (looksReady || (ready && !noticed));
    }

    private ContainerState containerState() {
        return new ContainerState(
                restarts,
                startedAt,
                downSince.isEmpty(),
                ready,
                downSince.isPresent() && intent == Intent.END);
    }

    /// Whether the process takes connections at all.
    synchronized boolean up() {
        return downSince.isEmpty();
    }

    synchronized Behaviour behaviour() {
        return behaviour;
    }

    /// Whether it would take a task.
    public synchronized boolean accepts(Instant now) {
        return downSince.isEmpty() && drainingSince.isEmpty() && loaded(now);
    }

    private boolean loaded(Instant now) {
        return behaviour.kind() != Behaviour.Kind.LOADING
                && !now.isBefore(startedAt.plus(workload.startTime()));
    }

    /// Takes no more tasks, and finishes those that it has.
    ///
    /// @param expected the instance that is meant, where the caller named one
    public synchronized Answer drain(Optional<String> expected, Instant now) {
        if (expected.isPresent() && !expected.get().equals(instance.toString())) {
            return Answer.OTHER_INSTANCE;
        }
        beginToDrain(now);
        return Answer.ACCEPTED;
    }

    /// As [#drain], and then the process exits and comes back as another instance.
    public synchronized Answer restart(Optional<String> expected, Instant now) {
        Answer answer = drain(expected, now);
        if (answer == Answer.ACCEPTED && intent == Intent.SERVE) {
            intent = Intent.RESTART;
        }
        return answer;
    }

    /// What the kubelet does first to a pod that was deleted.
    public synchronized void end(Instant now) {
        intent = Intent.END;
        beginToDrain(now);
    }

    private void beginToDrain(Instant now) {
        drainingSince = Optional.of(drainingSince.orElse(now));
    }

    private int tasksInFlight(Instant now) {
        if (behaviour.kind() == Behaviour.Kind.HUNG) {
            return Math.max(1, workload.tasksInFlight());
        }
        if (!loaded(now)) {
            return 0;
        }
        boolean drained =
                drainingSince
                        .filter(since -> !now.isBefore(since.plus(workload.drainTime())))
                        .isPresent();
        boolean busy = queued >= 1 || behaviour.kind() == Behaviour.Kind.SLOW;
        return drained ? 0 : Math.max(workload.tasksInFlight(), busy ? 1 : 0);
    }

    /// What `/health` says.
    public synchronized HealthReport health(Instant now) {
        return new HealthReport(
                now,
                instance.toString(),
                startedAt,
                loaded(now),
                drainingSince.isPresent(),
                tasksInFlight(now),
                (int) queued,
                (long) completed,
                sinceProgress(now),
                workload,
                behaviour,
                Duration.between(behavesSince, now),
                "GPU-" + identity.node() + "-" + identity.ordinal());
    }

    private Duration sinceProgress(Instant now) {
        return switch (behaviour.kind()) {
            case HUNG -> Duration.between(behavesSince, now);
            case SLOW -> {
                long stage = (long) (behaviour.figure("secondsPerStage", 5) * 1000);
                yield Duration.ofMillis(Duration.between(behavesSince, now).toMillis() % stage);
            }
            case HEALTHY,
                    REFUSING,
                    UNREACHABLE,
                    SILENT,
                    RUBBISH,
                    FAILING,
                    MEMORY,
                    CPU_FALLBACK,
                    LOADING,
                    GPU_LOST ->
                    Duration.ZERO;
        };
    }
}
