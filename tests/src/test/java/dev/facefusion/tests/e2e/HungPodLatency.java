package dev.facefusion.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.scenario.Judgement;
import dev.facefusion.tests.scenario.Scenario;
import dev.facefusion.tests.scenario.ScenarioReader;
import dev.facefusion.tests.scenario.Sighting;
import dev.facefusion.tests.world.Play;
import dev.facefusion.tests.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// How long a hung pod stays in its Service, over many fleets: from the moment it hangs, of which
/// the stall timeout is a part. Runs only when asked for by name.
class HungPodLatency {
    private static final Path FIGURES = Path.of("target/scenarios/hung-pod-latency.txt");
    private static final int ROUNDS = 2;
    private static final int FLEETS = 25;

    /// The scenario's stall timeout and two of its periods.
    private static final Duration BAR = Duration.ofSeconds(4 + 2 * 2);

    @Test
    void leavesItsServiceWithinTheStallTimeoutAndTwoPeriods() throws Exception {
        // given
        Scenario scenario =
                ScenarioReader.all().stream()
                        .filter(each -> each.name().equals("hung-pod"))
                        .findFirst()
                        .orElseThrow();
        var times = new ArrayList<Duration>();

        // when
        try (var world = World.start();
                var operators = world.sharedOperators(List.of(), 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            operators.awaitLeader();
            for (int round = 0; round < ROUNDS; round++) {
                String prefix = "hung-%d-".formatted(round);
                List<Play> plays =
                        IntStream.range(0, FLEETS)
                                .mapToObj(fleet -> world.prepare(scenario, prefix + fleet))
                                .toList();
                List<Future<Judgement>> performances =
                        plays.stream().map(play -> threads.submit(play::perform)).toList();
                for (Future<Judgement> performance : performances) {
                    times.add(outOfService(performance.get()));
                }
                plays.forEach(Play::clear);
            }
        }

        // then
        times.sort(null);
        Files.writeString(
                FIGURES,
                "%d runs: p50 %s, p99 %s, max %s%n"
                        .formatted(
                                times.size(),
                                times.get((times.size() - 1) / 2),
                                times.get((times.size() - 1) * 99 / 100),
                                times.getLast()));
        assertThat(times).allSatisfy(time -> assertThat(time).isLessThanOrEqualTo(BAR));
    }

    private static Duration outOfService(Judgement judgement) {
        return judgement.observed().sightings().stream()
                .filter(Sighting.Done.class::isInstance)
                .map(Sighting.Done.class::cast)
                .filter(done -> done.deed() == Sighting.Deed.OUT_OF_SERVICE)
                .map(Sighting::at)
                .findFirst()
                .orElse(Duration.ofHours(1));
    }
}
