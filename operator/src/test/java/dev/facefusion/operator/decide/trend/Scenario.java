package dev.facefusion.operator.decide.trend;

import dev.facefusion.operator.decide.trend.SimulatedPod.Floor;
import dev.facefusion.operator.decide.trend.SimulatedPod.Level;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/// What the memory of a pod that does not leak may do.
enum Scenario {
    NOISE("noise only") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            return (_, _, _) -> Level.of(top);
        }
    },
    DOUBLING("an allocator that doubles one to three times within 6 h") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            int steps = random.nextInt(1, 4);
            double first = random.nextDouble(64, 1024);
            var times = random.doubles(steps, 0, 6).sorted().toArray();
            return (hours, _, _) -> {
                long left = DoubleStream.of(times).filter(time -> time > hours).count();
                double missing = first * ((1 << steps) - (1 << (steps - left)));
                return Level.of(top - missing);
            };
        }
    },
    SAWTOOTH("a cache of 64 MiB to 1 GiB that fills and empties, every 5 min to 8 h") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            double height = random.nextDouble(64, 1024);
            double period = logUniform(random, 5 / 60.0, 8);
            return (hours, _, _) -> Level.of(top - height * (1 - hours / period % 1));
        }
    },
    WARM_UP("a warm-up by 128 MiB to 4 GiB that levels off, time constant 3 min to 3 h") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            double rise = random.nextDouble(128, 4096);
            double constant = logUniform(random, 3 / 60.0, 3);
            return (hours, _, _) -> Level.of(top - rise * StrictMath.exp(-hours / constant));
        }
    },
    MODEL_SWITCH("other models every 1 to 8 h") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            double every = random.nextDouble(1, 8);
            var sizes = random.doubles(100, 0, 4096).toArray();
            return (hours, _, _) -> {
                int turn = (int) (hours / every);
                double loaded = Math.min(1, (hours - turn * every) * 30);
                return new Level(top - 4096 + sizes[turn] * loaded, 0, "models " + turn);
            };
        }
    },
    RESTART("a process that starts anew and warms up every 0.5 to 8 h") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            double every = random.nextDouble(0.5, 8);
            double rise = random.nextDouble(128, 2048);
            return (hours, _, _) -> {
                int turn = (int) (hours / every);
                double cold = StrictMath.exp(-20 * (hours - turn * every));
                return new Level(top - rise * cold, 0, "process " + turn);
            };
        }
    },
    NEIGHBOUR("a shared GPU on which the neighbour leaks 5 to 100 MiB/h") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            double rate = random.nextDouble(5, 100);
            return (hours, _, _) -> new Level(top / 2, top / 2 - rate * (72 - hours), "models");
        }
    },
    LOAD_CYCLE("memory of 64 MiB to 2 GiB that follows the load of the day") {
        @Override
        Floor floor(SplittableRandom random, double top) {
            double height = random.nextDouble(64, 2048);
            return (_, load, _) -> Level.of(top - height * (1 - load));
        }
    };

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /// The memory between tasks.
    ///
    /// @param top the most that is ever used, in MiB
    abstract Floor floor(SplittableRandom random, double top);

    private static double logUniform(SplittableRandom random, double from, double to) {
        return from * StrictMath.pow(to / from, random.nextDouble());
    }
}
