package dev.facefusion.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.scenario.Judgement;
import dev.facefusion.tests.scenario.Scenario;
import dev.facefusion.tests.scenario.ScenarioReader;
import dev.facefusion.tests.world.Operators;
import dev.facefusion.tests.world.Play;
import dev.facefusion.tests.world.Probe;
import dev.facefusion.tests.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// All scenarios round after round, while the leading operator is killed again and again. Runs for
/// `chaos.minutes`, and only when asked for by name: `dev/chaos` does.
class FleetChaos {
    private static final Path TABLE = Path.of("target/scenarios/chaos.txt");
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(20);
    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Duration lasts = Duration.ofMinutes(Integer.getInteger("chaos.minutes", 10));
    private final List<Duration> takeovers = new CopyOnWriteArrayList<>();

    private record Outcome(int round, Judgement judgement) {}

    @Test
    void losesAndRepeatsNothing() throws Exception {
        try (var world = World.start();
                var operators = world.sharedOperators(List.of(), 2);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            operators.awaitLeader();
            Probe probe = world.probe();
            Instant end = Instant.now().plus(lasts);
            Future<?> killer = threads.submit(() -> kill(operators, probe));
            var outcomes = new ArrayList<Outcome>();
            for (int round = 1; Instant.now().isBefore(end); round++) {
                outcomes.addAll(play(world, round));
            }
            killer.cancel(true);
            Files.writeString(TABLE, table(outcomes));
            assertThat(outcomes)
                    .allSatisfy(outcome -> {
                        assertThat(outcome.judgement().repeated()).isEmpty();
                        assertThat(outcome.judgement().unended()).isEmpty();
                    });
            assertThat(takeovers)
                    .isNotEmpty()
                    .allSatisfy(took -> assertThat(took).isLessThanOrEqualTo(TAKEOVER_LIMIT));
        }
    }

    private Void kill(Operators operators, Probe probe) throws InterruptedException {
        while (true) {
            Thread.sleep(BETWEEN_KILLS);
            operators.awaitLeader();
            Instant killed = Instant.now();
            var _ = operators.killLeader();
            takeovers.add(probe.untilReconciled(killed));
        }
    }

    private static List<Outcome> play(World world, int round) throws Exception {
        List<Play> plays =
                ScenarioReader.all().stream()
                        .filter(scenario -> scenario.clock() == Scenario.Clock.REAL)
                        .filter(scenario -> !scenario.needsOwnOperator())
                        .map(scenario -> world.prepare(scenario, scenario.name() + "-" + round))
                        .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = new ArrayList<Outcome>();
            List<Future<Judgement>> performances =
                    plays.stream()
                            .map(play -> threads.submit(() -> play.performUntilEnded(GRACE)))
                            .toList();
            for (Future<Judgement> performance : performances) {
                outcomes.add(new Outcome(round, performance.get()));
            }
            return outcomes;
        } finally {
            plays.forEach(Play::clear);
        }
    }

    private String table(List<Outcome> outcomes) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("%-22s %5s  %-9s %s".formatted("scenario", "round", "repeated", "not ended"));
        for (Outcome outcome : outcomes) {
            Judgement judgement = outcome.judgement();
            lines.add(
                    "%-22s %5d  %-9s %s"
                            .formatted(
                                    judgement.scenario().name(),
                                    outcome.round(),
                                    judgement.repeated().isEmpty() ? "-" : judgement.repeated(),
                                    judgement.unended().isEmpty() ? "-" : judgement.unended()));
        }
        lines.add("");
        lines.add(
                "leader killed %d times; the next one reconciled after at most %.1f s, %.1f s in the mean"
                        .formatted(
                                takeovers.size(),
                                takeovers.stream().mapToLong(Duration::toMillis).max().orElse(0)
                                        / 1000.0,
                                takeovers.stream().mapToLong(Duration::toMillis).average().orElse(0)
                                        / 1000.0));
        return String.join("\n", lines) + "\n";
    }
}
