package dev.facefusion.operator.decide.scaling;

import static dev.facefusion.operator.decide.scaling.Loads.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.scaling.PodLoad.Known;
import dev.facefusion.operator.decide.scaling.PodLoad.Missing;
import dev.facefusion.operator.decide.scaling.ScalingPolicy.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds whatever the load, the settings and the data do, for some hundred lives of an
/// operator made up at random.
class ScalingPropertiesTest {
    private static final int LIVES = 300;
    private static final int LOOKS = 200;

    /// What a leader saw and did at one look.
    record Step(Instant at, ScalingInput input, ScalingResult result) {
        int change() {
            return result.desired() - input.replicas();
        }
    }

    record Life(long seed, ScalingPolicy policy, List<Step> steps) {
        @Override
        public String toString() {
            return "life " + seed;
        }
    }

    static Stream<Life> lives() {
        return IntStream.range(0, LIVES).mapToObj(ScalingPropertiesTest::live);
    }

    @ParameterizedTest
    @MethodSource("lives")
    void keepsItsPromises(Life life) {
        // given
        var policy = life.policy();

        // when
        var steps = life.steps();

        // then
        assertThat(steps).allSatisfy(step -> staysWithinBounds(step, policy));
        assertThat(steps).allSatisfy(ScalingPropertiesTest::removesNothingBlindly);
        assertThat(steps).allSatisfy(step -> remembersLittle(step.result().memory(), policy));
        assertThat(steps)
                .filteredOn(step -> step.change() > 0)
                .allSatisfy(step ->
                        assertThat(net(steps, step, policy.scaleUp().period()))
                                .isLessThanOrEqualTo(policy.scaleUp().maxReplicas()));
        assertThat(steps)
                .filteredOn(step -> step.change() < 0)
                .allSatisfy(step ->
                        assertThat(-net(steps, step, policy.scaleDown().period()))
                                .isLessThanOrEqualTo(policy.scaleDown().maxReplicas()));
        var window = policy.scaleDown().stabilizationWindow();
        assertThat(steps)
                .filteredOn(step -> step.at().isBefore(Loads.NOW.plus(window)))
                .allSatisfy(step -> assertThat(step.change()).isNotNegative());
    }

    private static void staysWithinBounds(Step step, ScalingPolicy policy) {
        assertThat(step.result().desired()).isBetween(policy.minReplicas(), policy.maxReplicas());
        assertThat(step.result().lookAgainAfter())
                .isPositive()
                .isLessThanOrEqualTo(policy.interval());
    }

    private static void removesNothingBlindly(Step step) {
        if (!step.input().complete() || step.input().pods().isEmpty()) {
            assertThat(step.change()).isNotNegative();
        }
    }

    private static void remembersLittle(ScalingMemory memory, ScalingPolicy policy) {
        int numbers = policy.maxReplicas() - policy.minReplicas() + 1;
        assertThat(memory.highs().entries()).hasSizeLessThanOrEqualTo(numbers);
        assertThat(memory.lows().entries()).hasSizeLessThanOrEqualTo(numbers);
        assertThat(memory.changes().changes()).hasSizeLessThanOrEqualTo(64);
    }

    /// Pods added within the period that ends with a step, less those removed.
    private static int net(List<Step> steps, Step last, Duration period) {
        return steps.stream()
                .filter(step -> !step.at().isAfter(last.at()))
                .filter(step -> step.at().plus(period).isAfter(last.at()))
                .mapToInt(Step::change)
                .sum();
    }

    private static Life live(long seed) {
        var random = new SplittableRandom(seed);
        int min = random.nextInt(1, 5);
        var policy = policy(min, min + random.nextInt(12), rate(random), rate(random));
        int replicas = random.nextInt(min, policy.maxReplicas() + 1);
        var memory = ScalingMemory.begin(Loads.NOW, replicas, Optional.empty());
        var now = Loads.NOW;
        var steps = new ArrayList<Step>();
        for (int look = 0; look < LOOKS; look++) {
            var input = new ScalingInput(now, replicas, 0, pods(random, replicas), memory);
            var result = policy.scale(input);
            steps.add(new Step(now, input, result));
            memory = result.memory();
            replicas = result.desired();
            now = now.plusSeconds(random.nextInt(1, 30));
        }
        return new Life(seed, policy, List.copyOf(steps));
    }

    private static Rate rate(SplittableRandom random) {
        return new Rate(
                Duration.ofSeconds(random.nextInt(400)),
                random.nextInt(1, 5),
                Duration.ofSeconds(random.nextInt(1, 200)));
    }

    private static List<PodLoad> pods(SplittableRandom random, int replicas) {
        int most = random.nextInt(1, 33);
        boolean patchy = random.nextInt(10) == 0;
        return Stream.generate(() -> pod(random, most, patchy))
                .limit(random.nextInt(5) == 0 ? random.nextInt(replicas + 1) : replicas)
                .toList();
    }

    private static PodLoad pod(SplittableRandom random, int most, boolean patchy) {
        if (patchy && random.nextBoolean()) {
            return new Missing();
        }
        var p50 =
                random.nextInt(20) == 0
                        ? OptionalInt.empty()
                        : OptionalInt.of(random.nextInt(1, 3000));
        return new Known(random.nextInt(2), random.nextInt(most), p50);
    }
}
