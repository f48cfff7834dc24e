package dev.facefusion.operator.decide.scaling;

import static dev.facefusion.operator.decide.scaling.Victims.Use.IN_SERVICE;
import static dev.facefusion.operator.decide.scaling.Victims.Use.OUT_OF_SERVICE;
import static dev.facefusion.operator.decide.scaling.Victims.Use.SICK;
import static dev.facefusion.operator.decide.scaling.Victims.Use.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.scaling.Victims.Candidate;
import dev.facefusion.operator.decide.scaling.Victims.Use;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class VictimsTest {
    private static final Candidate SICK_POD = pod("a", SICK, 0);
    private static final Candidate DRAINED = pod("b", OUT_OF_SERVICE, 0);
    private static final Candidate NEW = pod("c", STARTING, 0);
    private static final Candidate IDLE = pod("d", IN_SERVICE, 0);
    private static final Candidate QUIET = pod("e", IN_SERVICE, 1);
    private static final Candidate BUSY = pod("f", IN_SERVICE, 9);
    private static final Candidate SILENT = new Candidate("g", IN_SERVICE, OptionalInt.empty(), 0);
    private static final List<Candidate> ALL =
            List.of(SILENT, BUSY, QUIET, IDLE, NEW, DRAINED, SICK_POD);

    record Case(String name, List<Candidate> pods, int going, Map<String, Integer> costs) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES =
            List.of(
                    new Case("none goes", ALL, 0, Map.of()),
                    new Case("all go", ALL, 7, Map.of()),
                    new Case(
                            "one of each kind but the silent one",
                            ALL,
                            6,
                            Map.of("a", -6, "b", -5, "c", -4, "d", -3, "e", -2, "f", -1)),
                    new Case("the busy pod stays", List.of(BUSY, IDLE), 1, Map.of("d", -1)),
                    new Case(
                            "the sick pod goes, though it is busy",
                            List.of(IDLE, pod("x", SICK, 30)),
                            1,
                            Map.of("x", -1)),
                    new Case(
                            "by name among equals",
                            List.of(pod("z", IN_SERVICE, 2), pod("y", IN_SERVICE, 2)),
                            1,
                            Map.of("y", -1)),
                    new Case(
                            "a cost that is right is left",
                            List.of(costing(IDLE, -1), QUIET, BUSY),
                            1,
                            Map.of()),
                    new Case(
                            "a cost of an earlier time is taken back",
                            List.of(IDLE, costing(QUIET, -1), BUSY),
                            1,
                            Map.of("d", -1, "e", 0)));

    @ParameterizedTest
    @FieldSource("CASES")
    void chooses(Case sample) {
        assertThat(Victims.costs(sample.pods(), sample.going())).isEqualTo(sample.costs());
    }

    private static Candidate pod(String name, Use use, int tasks) {
        return new Candidate(name, use, OptionalInt.of(tasks), 0);
    }

    private static Candidate costing(Candidate pod, int cost) {
        return new Candidate(pod.name(), pod.use(), pod.tasks(), cost);
    }
}
