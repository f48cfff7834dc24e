package dev.facefusion.operator.decide.scaling;

import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.scaling.FleetSimulation.Run;
import dev.facefusion.operator.decide.scaling.FleetSimulation.Sample;
import dev.facefusion.operator.decide.scaling.FleetSimulation.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a fleet with the API's default settings, and up to twelve pods, follows its load. The
/// figures and the plot of `docs/scaling.md` are from here; `-Dscaling.write=true` writes them
/// anew.
class ScalingSimulationTest {
    private static final Path DOCUMENT = Path.of("../docs/scaling.md");
    private static final Path PLOT = Path.of("../docs/scaling-sine.svg");
    private static final ScalingPolicy POLICY = Loads.policy(1, 12, Loads.UP, Loads.DOWN);
    private static final int CYCLES = 3;

    @ParameterizedTest
    @ValueSource(ints = {600, 602, 604, 606, 608})
    void addsPodsWithinTwoHealthPeriodsOfABurst(int burst) {
        // given
        DoubleUnaryOperator load = second -> second < burst ? 0.3 : 6;
        var scenario = new Scenario(load, 1, 0.5, 2, seconds(30), seconds(burst + 60));

        // when
        var run = FleetSimulation.run(POLICY, scenario);

        // then
        var reaction =
                run.samples().stream()
                        .filter(sample -> sample.second() >= burst && sample.replicas() > 2)
                        .mapToDouble(Sample::second)
                        .findFirst();
        assertThat(reaction).isPresent();
        assertThat(reaction.getAsDouble() - burst)
                .isLessThanOrEqualTo(2.0 * FleetSimulation.HEALTH_PERIOD.toSeconds());
    }

    @ParameterizedTest
    @CsvSource({"0.3", "1", "3"})
    void turnsNoMoreThanTwiceACycle(double taskSeconds) {
        // given
        var scenario = sine(taskSeconds, 30);

        // when
        var run = FleetSimulation.run(POLICY, scenario);

        // then
        assertThat(run.directionChanges()).isLessThanOrEqualTo(2 * CYCLES);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 1", "0.9, 0.3", "0.9, 3", "2.5, 1", "4.2, 0.3", "4.2, 3", "6.9, 1"})
    void settlesWhereTheLoadIsConstant(double pods, double taskSeconds) {
        // given
        var scenario = constant(pods, taskSeconds);

        // when
        var run = FleetSimulation.run(POLICY, scenario);

        // then
        assertThat(run.directionChanges()).isLessThanOrEqualTo(1);
    }

    @Test
    void publishesItsFiguresAndItsPlot() throws IOException {
        // given
        var plotted = FleetSimulation.run(POLICY, sine(1, 30));
        var table = table();
        var plot = new SineChart(plotted.samples()).svg();

        // when
        if (Boolean.getBoolean("scaling.write")) {
            Files.writeString(PLOT, plot);
            var text = Files.readString(DOCUMENT);
            var rows = table + "\n";
            Files.writeString(DOCUMENT, text.replaceFirst("(?s)\\| load \\|.*?\n\n", rows + "\n"));
        }

        // then
        assertThat(Files.readString(DOCUMENT)).contains(table);
        assertThat(Files.readString(PLOT)).isEqualTo(plot);
    }

    private static double sine(double second) {
        return 4 - 3 * StrictMath.cos(2 * StrictMath.PI * second / 3600);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Scenario sine(double taskSeconds, int startSeconds) {
        return new Scenario(
                ScalingSimulationTest::sine,
                taskSeconds,
                0.5,
                1,
                seconds(startSeconds),
                Duration.ofHours(CYCLES));
    }

    private static Scenario constant(double pods, double taskSeconds) {
        return new Scenario(_ -> pods, taskSeconds, 0.5, 1, seconds(30), Duration.ofHours(3));
    }

    private static String table() {
        var head =
                """
                | load | a task takes | a pod starts in | turns | pods on average | wait p50 | p95 | p99 | turned away |
                |---|---|---|---|---|---|---|---|---|
                """;
        var rows =
                Stream.of(
                        row("sine", sine(0.3, 30)),
                        row("sine", sine(1, 30)),
                        row("sine", sine(3, 30)),
                        row("sine", sine(0.3, 180)),
                        row("sine", sine(1, 180)),
                        row("sine", sine(3, 180)),
                        row("2.5 pods", constant(2.5, 1)),
                        row("6.9 pods", constant(6.9, 1)));
        return head + rows.collect(Collectors.joining("\n"));
    }

    private static String row(String load, Scenario scenario) {
        Run run = FleetSimulation.run(POLICY, scenario);
        double offered = run.waits().size() + run.rejected();
        return String.format(
                ROOT,
                "| %s | %.1f s | %d s | %d | %.1f | %.1f s | %.1f s | %.1f s | %.2f %% |",
                load,
                scenario.taskSeconds(),
                scenario.start().toSeconds(),
                run.directionChanges(),
                run.averageReplicas(),
                run.waitPercentile(50),
                run.waitPercentile(95),
                run.waitPercentile(99),
                100 * run.rejected() / offered);
    }
}
