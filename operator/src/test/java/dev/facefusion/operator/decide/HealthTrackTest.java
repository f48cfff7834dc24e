package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.Poll.Answered;
import dev.facefusion.operator.decide.Poll.ConnectTimedOut;
import dev.facefusion.operator.decide.Poll.Failed;
import dev.facefusion.operator.decide.Poll.ReadTimedOut;
import dev.facefusion.operator.decide.Poll.Refused;
import dev.facefusion.operator.decide.Poll.Unreadable;
import dev.facefusion.operator.decide.Standing.Bad;
import dev.facefusion.operator.decide.Standing.Good;
import dev.facefusion.operator.decide.Standing.Refusing;
import dev.facefusion.operator.decide.Standing.Silent;
import dev.facefusion.operator.decide.Standing.Unproven;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class HealthTrackTest {
    private static final Poll WELL = new Answered(Samples.report());
    private static final Poll STALLED = new Answered(Samples.busy(121));
    private static final Poll BUSY = new Answered(Samples.busy(120));
    private static final Poll CRIES_WOLF =
            new Answered(Samples.report(State.STALLED, Models.LOADED));
    private static final Poll NO_MODELS =
            new Answered(Samples.report(State.DEGRADED, Models.NOT_LOADED));
    private static final Poll LOADING =
            new Answered(Samples.report(State.HEALTHY, Models.NOT_LOADED));
    private static final Poll FALLBACK = new Answered(Samples.report(Accelerator.FALLBACK));
    private static final Poll NO_GPU =
            new Answered(
                    Samples.memory(
                            new Gpu(
                                    Optional.of("GPU-1"),
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    OptionalInt.empty(),
                                    true)));
    private static final Poll HANGS = new ReadTimedOut();
    private static final Poll DARK = new ConnectTimedOut();
    private static final Poll REFUSED = new Refused();
    private static final Poll RUBBISH = new Unreadable("no status");
    private static final Poll BROKEN = new Failed("status 500");

    record Case(String name, List<Poll> polls, Standing expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Case> CASES =
            List.of(
                    new Case("no poll: unproven", List.of(), new Unproven()),
                    new Case("one good report is enough at first", List.of(WELL), new Good()),
                    new Case("loading models is no fault", List.of(LOADING), new Good()),
                    new Case(
                            "two failures after a good report change nothing",
                            List.of(WELL, HANGS, BROKEN),
                            new Good()),
                    new Case(
                            "the third failure in a row counts",
                            List.of(WELL, HANGS, HANGS, HANGS),
                            new Bad(Reason.HEALTH_UNREACHABLE)),
                    new Case(
                            "a good report between failures starts the count again",
                            List.of(WELL, HANGS, HANGS, WELL, HANGS, HANGS),
                            new Good()),
                    new Case(
                            "the last of the failures names the reason",
                            List.of(WELL, HANGS, HANGS, RUBBISH),
                            new Bad(Reason.HEALTH_UNREADABLE)),
                    new Case(
                            "refusals are told apart, since a starting container refuses too",
                            List.of(REFUSED, REFUSED, REFUSED),
                            new Refusing()),
                    new Case(
                            "one good report does not clear a fault",
                            List.of(HANGS, HANGS, HANGS, WELL),
                            new Bad(Reason.HEALTH_UNREACHABLE)),
                    new Case(
                            "two good reports in a row do",
                            List.of(HANGS, HANGS, HANGS, WELL, WELL),
                            new Good()),
                    new Case(
                            "one good report ends refusals: the process is up",
                            List.of(REFUSED, REFUSED, REFUSED, WELL),
                            new Good()),
                    new Case(
                            "connect timeouts alone are silence",
                            List.of(WELL, DARK, DARK, DARK),
                            new Silent()),
                    new Case(
                            "two connect timeouts after a good report change nothing",
                            List.of(WELL, DARK, DARK),
                            new Good()),
                    new Case(
                            "silence never clears a fault",
                            List.of(HANGS, HANGS, HANGS, DARK, DARK, DARK),
                            new Bad(Reason.HEALTH_UNREACHABLE)),
                    new Case(
                            "a report of a stall counts at once",
                            List.of(WELL, STALLED),
                            new Bad(Reason.INFERENCE_STALLED)),
                    new Case("work that moves in time is none", List.of(BUSY), new Good()),
                    new Case(
                            "nor is the pod's own word where its progress says otherwise",
                            List.of(CRIES_WOLF),
                            new Good()),
                    new Case(
                            "so does one of a GPU that its driver calls lost",
                            List.of(WELL, NO_GPU),
                            new Bad(Reason.DEVICE_UNHEALTHY)),
                    new Case(
                            "so does one of lost acceleration",
                            List.of(FALLBACK),
                            new Bad(Reason.ACCELERATOR_FALLBACK)),
                    new Case(
                            "and one of models that failed to load",
                            List.of(LOADING, NO_MODELS),
                            new Bad(Reason.MODEL_NOT_LOADED)),
                    new Case(
                            "a stall clears after two good reports",
                            List.of(STALLED, WELL, WELL),
                            new Good()));

    @ParameterizedTest(name = "{0}")
    @FieldSource("CASES")
    void foldsPollsIntoAStanding(Case c) {
        // given
        var track = HealthTrack.begin(Samples.NOW);

        // when
        for (var poll : c.polls()) {
            track = track.after(poll, Samples.NOW, Samples.POLICY);
        }

        // then
        assertThat(track.standing()).isEqualTo(c.expected());
    }
}
