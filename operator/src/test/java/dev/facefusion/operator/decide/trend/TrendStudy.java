package dev.facefusion.operator.decide.trend;

import dev.facefusion.operator.decide.trend.SimulatedPod.Floor;
import dev.facefusion.operator.decide.trend.SimulatedPod.Level;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Runs simulated pods past the trend, with the API's default settings.
final class TrendStudy {
    static final int CALM_DAYS = 3;
    static final int FIRST_SEED = Integer.getInteger("trend.seed", 0);
    private static final TrendSettings SETTINGS =
            new TrendSettings(Duration.ofHours(1), Duration.ofMinutes(30));

    /// Of the use that counts as pressure, by default.
    private static final double LIMIT = 0.9;

    private static final int GIVEN_UP_HOURS = 24 * 14;

    private TrendStudy() {}

    /// What came of one pod that leaks.
    ///
    /// @param hours until its memory reached the limit
    /// @param alarmedHours how long the last alarm had lasted by then; 0 without one
    /// @param forecastHours the same of the first forecast, however far ahead
    record Leak(double hours, double alarmedHours, double forecastHours) {}

    /// What came of one pod that does not.
    record Calm(int alarms, int forecasts) {}

    static List<Leak> leaks(int pods, int totalMebibytes, int mebibytesPerHour) {
        return IntStream.range(FIRST_SEED, FIRST_SEED + pods)
                .parallel()
                .mapToObj(pod -> leakingPod(pod, totalMebibytes, mebibytesPerHour))
                .toList();
    }

    static List<Calm> calm(int pods, Scenario scenario) {
        return IntStream.range(FIRST_SEED, FIRST_SEED + pods)
                .parallel()
                .mapToObj(pod -> calmPod(pod, scenario))
                .toList();
    }

    private static Leak leakingPod(int seed, int total, int rate) {
        var random = new SplittableRandom(seed * 1_000_003L + total * 31L + rate);
        double limit = LIMIT * total;
        var pod = new SimulatedPod(random);
        double start = limit - pod.workspace() - rate * random.nextDouble(6, 48);
        var floor = leaking(random.nextBoolean(), start, rate, pod.tasksPerHour());
        var trend = MemoryTrend.none();
        int alarm = -1;
        int forecast = -1;
        for (int i = 0; i < GIVEN_UP_HOURS * SimulatedPod.POLLS_PER_HOUR; i++) {
            var sample = pod.poll(i, floor, limit);
            if (sample.isPresent() && sample.get().used() >= limit) {
                return new Leak(hours(i), since(alarm, i), since(forecast, i));
            }
            trend = after(trend, sample.stream().toList());
            alarm = !trend.imminent() ? -1 : alarm < 0 ? i : alarm;
            forecast = trend.rising() && forecast < 0 ? i : forecast;
        }
        throw new IllegalStateException("seed %d never reaches its limit".formatted(seed));
    }

    private static Floor leaking(boolean byTask, double start, int rate, double tasksPerHour) {
        return byTask
                ? (_, _, completed) -> Level.of(start + rate * completed / tasksPerHour)
                : (hours, _, _) -> Level.of(start + rate * hours);
    }

    private static Calm calmPod(int seed, Scenario scenario) {
        var random = new SplittableRandom(seed * 1_000_003L + scenario.name().hashCode());
        double total = random.nextBoolean() ? 24 * 1024 : 80 * 1024;
        double top = total * random.nextDouble(0.5, LIMIT) - 64;
        var pod = new SimulatedPod(random);
        var floor = scenario.floor(random, top);
        var trend = MemoryTrend.none();
        int alarms = 0;
        int forecasts = 0;
        for (int i = 0; i < CALM_DAYS * 24 * SimulatedPod.POLLS_PER_HOUR; i++) {
            var next = after(trend, pod.poll(i, floor, LIMIT * total).stream().toList());
            alarms += next.imminent() && !trend.imminent() ? 1 : 0;
            forecasts += next.rising() && !trend.rising() ? 1 : 0;
            trend = next;
        }
        return new Calm(alarms, forecasts);
    }

    private static MemoryTrend after(MemoryTrend trend, List<MemorySample> samples) {
        return samples.isEmpty() ? trend : trend.after(samples, SETTINGS);
    }

    private static double since(int poll, int now) {
        return poll < 0 ? 0 : hours(now - poll);
    }

    private static double hours(int polls) {
        return (double) polls / SimulatedPod.POLLS_PER_HOUR;
    }
}
