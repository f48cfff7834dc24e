package dev.facefusion.operator.decide.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// A fleet in virtual time that does as the policy says: tasks arrive at random and go to the pods
/// in turn, each pod works them off in order, and takes its time to start. The policy knows the
/// pods by reports as old as a health period.
///
/// The same seed gives the same run on every machine: nothing here depends on the platform's
/// arithmetic.
final class FleetSimulation {
    static final Instant BEGIN = Instant.parse("2026-06-01T12:00:00Z");
    static final Duration HEALTH_PERIOD = Duration.ofSeconds(10);

    private static final int TASKS_IN_MEDIAN = 21;

    private final ScalingPolicy policy;
    private final Scenario scenario;
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Pod> pods = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Double> waits = new ArrayList<>();
    private ScalingMemory memory;
    private int replicas;
    private int rejected;
    private int nextPod;

    /// @param offered pods' worth of tasks that arrive, by seconds since the beginning
    /// @param taskSeconds mean time of a task
    /// @param spread of a task's time: 0 is none, 1 is from nothing to twice the mean
    record Scenario(
            DoubleUnaryOperator offered,
            double taskSeconds,
            double spread,
            int replicas,
            Duration start,
            Duration length) {}

    /// The fleet at one decision.
    ///
    /// @param ready pods in service
    /// @param waitSeconds that a task must expect, as the policy sees it
    record Sample(
            double second,
            double offered,
            int replicas,
            int ready,
            double waitSeconds,
            ScalingResult result) {}

    /// @param waits of every task that was taken, in seconds
    record Run(List<Sample> samples, List<Double> waits, int rejected) {
        double waitPercentile(int percent) {
            var sorted = waits.stream().sorted().toList();
            return sorted.get((int) ((sorted.size() - 1L) * percent / 100));
        }

        double averageReplicas() {
            return samples.stream().mapToInt(Sample::replicas).average().orElseThrow();
        }

        /// How often additions are followed by removals, or the other way round.
        int directionChanges() {
            int changes = 0;
            int direction = 0;
            for (int i = 1; i < samples.size(); i++) {
                int step = samples.get(i).replicas() - samples.get(i - 1).replicas();
                if (step * direction < 0) {
                    changes++;
                }
                direction = step == 0 ? direction : step;
            }
            return changes;
        }
    }

    private record Task(double start, double finish, double length) {}

    private static final class Pod {
        final double readyAt;
        final double pollPhase;
        final double[] slots;
        final Deque<Task> tasks = new ArrayDeque<>();
        final Deque<Double> lengths = new ArrayDeque<>();
        Optional<PodLoad> report = Optional.empty();

        Pod(double readyAt, double pollPhase, int concurrency) {
            this.readyAt = readyAt;
            this.pollPhase = pollPhase;
            this.slots = new double[concurrency];
        }

        /// Tasks may end out of order where the pod runs several.
        void forgetFinished(double now) {
            tasks.stream()
                    .filter(task -> task.finish() <= now)
                    .toList()
                    .forEach(task -> {
                        tasks.remove(task);
                        lengths.addLast(task.length());
                        if (lengths.size() > TASKS_IN_MEDIAN) {
                            lengths.removeFirst();
                        }
                    });
        }

        int queued(double now) {
            return (int) tasks.stream().filter(task -> task.start() > now).count();
        }

        int freeSlot() {
            int free = 0;
            for (int slot = 1; slot < slots.length; slot++) {
                free = slots[slot] < slots[free] ? slot : free;
            }
            return free;
        }

        PodLoad load(double now) {
            forgetFinished(now);
            int queued = queued(now);
            var sorted = lengths.stream().sorted().toList();
            return new PodLoad.Known(
                    tasks.size() - queued,
                    queued,
                    sorted.isEmpty()
                            ? OptionalInt.empty()
                            : OptionalInt.of(
                                    (int) Math.round(1000 * sorted.get(sorted.size() / 2))));
        }
    }

    private FleetSimulation(ScalingPolicy policy, Scenario scenario) {
        this.policy = policy;
        this.scenario = scenario;
        this.replicas = scenario.replicas();
        this.memory = ScalingMemory.begin(BEGIN, replicas, Optional.empty());
        for (int i = 0; i < replicas; i++) {
            addPod(0);
        }
    }

    static Run run(ScalingPolicy policy, Scenario scenario) {
        return new FleetSimulation(policy, scenario).run();
    }

    private Run run() {
        double arrival = 0;
        long end = scenario.length().toSeconds();
        for (int second = 0; second < end; second++) {
            poll(second);
            if (second % policy.interval().toSeconds() == 0) {
                decide(second);
            }
            while (arrival < second + 1) {
                arrive(arrival);
                arrival += untilNext(arrival);
            }
        }
        return new Run(List.copyOf(samples), List.copyOf(waits), rejected);
    }

    private double untilNext(double now) {
        double perSecond =
                Math.max(0.001, scenario.offered().applyAsDouble(now))
                        * policy.concurrency()
                        / scenario.taskSeconds();
        return -StrictMath.log(1 - random.nextDouble()) / perSecond;
    }

    private void arrive(double now) {
        var ready = pods.stream().filter(pod -> pod.readyAt <= now).toList();
        if (ready.isEmpty()) {
            rejected++;
            return;
        }
        var pod = ready.get(nextPod++ % ready.size());
        pod.forgetFinished(now);
        if (pod.queued(now) >= policy.queueCapacity()) {
            rejected++;
            return;
        }
        double spread = 1 + scenario.spread() * (2 * random.nextDouble() - 1);
        double length = scenario.taskSeconds() * spread;
        int slot = pod.freeSlot();
        double start = Math.max(now, pod.slots[slot]);
        pod.slots[slot] = start + length;
        pod.tasks.addLast(new Task(start, start + length, length));
        waits.add(start - now);
    }

    private void poll(int second) {
        pods.stream()
                .filter(pod -> pod.readyAt <= second)
                .filter(pod -> second % HEALTH_PERIOD.toSeconds() == (long) pod.pollPhase)
                .forEach(pod -> pod.report = Optional.of(pod.load(second)));
    }

    private void decide(int second) {
        var now = BEGIN.plusSeconds(second);
        var loads = pods.stream().flatMap(pod -> pod.report.stream()).toList();
        var result = policy.scale(new ScalingInput(now, replicas, 0, loads, memory));
        memory = result.memory();
        replicas = result.desired();
        while (pods.size() < replicas) {
            addPod(second + scenario.start().toMillis() / 1000.0);
        }
        while (pods.size() > replicas) {
            pods.remove(leastLoaded(second));
        }
        samples.add(
                new Sample(
                        second,
                        scenario.offered().applyAsDouble(second),
                        replicas,
                        (int) pods.stream().filter(pod -> pod.readyAt <= second).count(),
                        result.expectedWait().map(wait -> wait.toMillis() / 1000.0).orElse(0.0),
                        result));
    }

    private Pod leastLoaded(double now) {
        return pods.stream()
                .min(
                        Comparator.comparingInt((Pod pod) -> pod.readyAt > now ? 0 : 1)
                                .thenComparingInt(pod -> pod.tasks.size()))
                .orElseThrow();
    }

    private void addPod(double readyAt) {
        long phase = random.nextLong(HEALTH_PERIOD.toSeconds());
        pods.add(new Pod(readyAt, phase, policy.concurrency()));
    }
}
