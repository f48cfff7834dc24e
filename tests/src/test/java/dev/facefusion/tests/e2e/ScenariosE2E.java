package dev.facefusion.tests.e2e;

import dev.facefusion.tests.scenario.Judgement;
import dev.facefusion.tests.scenario.Scenario;
import dev.facefusion.tests.scenario.ScenarioReader;
import dev.facefusion.tests.world.Operators;
import dev.facefusion.tests.world.Play;
import dev.facefusion.tests.world.World;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// Every scenario that can be waited for, all at once on one cluster, each with nodes, a namespace
/// and a fleet of its own. `-Dscenarios=hung-pod,burst` plays only those.
@TestInstance(Lifecycle.PER_CLASS)
class ScenariosE2E {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final World world;
    private List<Play> plays = List.of();
    private Operators operators;

    ScenariosE2E() throws InterruptedException {
        world = World.start();
        operators = world.sharedOperators(List.of(), 0);
    }

    @BeforeAll
    void prepare() throws InterruptedException {
        List<Scenario> scenarios =
                ScenarioReader.all().stream()
                        .filter(scenario -> scenario.clock() == Scenario.Clock.REAL)
                        .filter(ScenariosE2E::chosen)
                        .sorted(Comparator.comparing(Scenario::lasts).reversed())
                        .toList();
        operators =
                world.sharedOperators(
                        scenarios.stream()
                                .filter(scenario -> !scenario.needsOwnOperator())
                                .map(Scenario::name)
                                .toList(),
                        1);
        plays =
                scenarios.stream()
                        .map(scenario -> world.prepare(scenario, scenario.name()))
                        .toList();
        operators.awaitLeader();
    }

    @AfterAll
    void end() {
        operators.close();
        threads.shutdownNow();
        world.close();
    }

    @TestFactory
    Stream<DynamicTest> scenario() {
        List<Future<Judgement>> performances =
                plays.stream().map(play -> threads.submit(performance(play))).toList();
        return Stream.iterate(0, i -> i < plays.size(), i -> i + 1)
                .map(i ->
                        DynamicTest.dynamicTest(
                                plays.get(i).scenario().title(),
                                () -> requireMet(performances.get(i))));
    }

    private static Callable<Judgement> performance(Play play) {
        return () -> {
            try {
                return play.perform();
            } finally {
                play.clear();
            }
        };
    }

    private static void requireMet(Future<Judgement> performance)
            throws InterruptedException, ExecutionException {
        Judgement judgement = performance.get();
        if (!judgement.met()) {
            throw new AssertionError(judgement.report());
        }
    }

    private static boolean chosen(Scenario scenario) {
        String names = System.getProperty("scenarios", "");
        return names.isEmpty() || Arrays.asList(names.split(",")).contains(scenario.name());
    }
}
