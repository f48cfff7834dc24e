package dev.facefusion.operator.decide.trend;

import dev.facefusion.operator.decide.Samples;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/// One pod with one GPU, polled every 10 s: its load follows the hour of the day, tasks in flight
/// hold memory for a while, the driver's figure trembles and knows only pages, and one poll in ten
/// is lost. What lies beneath is the scenario's. Every figure is drawn from a seed.
final class SimulatedPod {
    static final int POLLS_PER_HOUR = 360;
    private static final double LOST = 0.1;
    private static final int TASKS_PER_BUSY_POLL = 5;

    private final SplittableRandom random;
    private final double meanLoad;
    private final double swing;
    private final double phase;
    private final int workspace;
    private final double jitter;
    private final int page;
    private long completed;

    /// What is used while no task runs.
    @FunctionalInterface
    interface Floor {
        Level at(double hours, double load, double completed);
    }

    /// Memory in MiB, by the pod and by others, and what runs.
    record Level(double used, double others, String load) {
        static Level of(double used) {
            return new Level(used, 0, "models");
        }
    }

    SimulatedPod(SplittableRandom random) {
        this.random = random;
        this.meanLoad = random.nextDouble(0.2, 0.5);
        this.swing = random.nextDouble(0, 0.9);
        this.phase = random.nextDouble(0, 2 * Math.PI);
        this.workspace = List.of(0, 0, 16, 64).get(random.nextInt(4));
        this.jitter = random.nextDouble(0, 2);
        this.page = random.nextInt(1, 3);
    }

    double tasksPerHour() {
        return meanLoad * POLLS_PER_HOUR * TASKS_PER_BUSY_POLL;
    }

    /// The most that tasks in flight hold, in MiB.
    int workspace() {
        return workspace;
    }

    /// The sample of the poll of that number; empty where it is lost.
    Optional<MemorySample> poll(int number, Floor floor, double limit) {
        double hours = (double) number / POLLS_PER_HOUR;
        double load = meanLoad * (1 + swing * StrictMath.sin(phase + hours / 12 * Math.PI));
        boolean busy = random.nextDouble() < load;
        completed += busy ? TASKS_PER_BUSY_POLL : 0;
        var level = floor.at(hours, load, (double) completed);
        double held = busy ? workspace * random.nextDouble() : 0;
        double used =
                Math.floor(level.used() / page) * page + held + jitter * random.nextGaussian();
        var sample =
                new MemorySample(
                        Samples.NOW.plusSeconds(3600L * number / POLLS_PER_HOUR),
                        "GPU-1",
                        level.load(),
                        (int) Math.round(used),
                        (int) (limit - level.others()),
                        OptionalLong.of(completed));
        return random.nextDouble() < LOST && used < limit ? Optional.empty() : Optional.of(sample);
    }
}
