package dev.facefusion.runtime.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.jobs.JobState.Cancelled;
import dev.facefusion.runtime.jobs.JobState.Failed;
import dev.facefusion.runtime.jobs.JobState.Queued;
import dev.facefusion.runtime.jobs.JobState.Removal;
import dev.facefusion.runtime.jobs.JobState.Running;
import dev.facefusion.runtime.jobs.JobState.Succeeded;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JobTest {

    private static final Instant NOW = Jobs.NOON.plusSeconds(5);
    private static final Job QUEUED = Jobs.queued("a", 1);
    private static final Job RUNNING = Jobs.running("a", 1);
    private static final Job SUCCEEDED = RUNNING.succeeded(NOW, Jobs.result());
    private static final Job FAILED = RUNNING.failed(NOW, new JobFailure.Defect());
    private static final Job CANCELLED = RUNNING.cancelled(NOW);

    private static final Map<String, UnaryOperator<Job>> TRANSITIONS =
            Map.of(
                    "started", job -> job.started(NOW),
                    "passed", job -> job.passed(Stage.DETECT),
                    "putBack", Job::putBack,
                    "succeeded", job -> job.succeeded(NOW, Jobs.result()),
                    "failed", job -> job.failed(NOW, new JobFailure.Defect()),
                    "cancelled", job -> job.cancelled(NOW),
                    "resultRemoved", job -> job.resultRemoved(Removal.EXPIRED));

    record Row(Job from, Map<String, Class<?>> legal) {}

    static Stream<Named<Row>> states() {
        return Stream.of(
                Named.of(
                        "queued",
                        new Row(
                                QUEUED,
                                Map.of(
                                        "started", Running.class,
                                        "succeeded", Succeeded.class,
                                        "failed", Failed.class,
                                        "cancelled", Cancelled.class))),
                Named.of(
                        "running",
                        new Row(
                                RUNNING,
                                Map.of(
                                        "passed", Running.class,
                                        "putBack", Queued.class,
                                        "succeeded", Succeeded.class,
                                        "failed", Failed.class,
                                        "cancelled", Cancelled.class))),
                Named.of("succeeded", new Row(SUCCEEDED, Map.of("resultRemoved", Succeeded.class))),
                Named.of("failed", new Row(FAILED, Map.of())),
                Named.of("cancelled", new Row(CANCELLED, Map.of())));
    }

    @ParameterizedTest
    @MethodSource("states")
    void changesByLegalTransitionsOnly(Row row) {
        TRANSITIONS.forEach((name, transition) -> {
            // when
            var next = transition.apply(row.from());

            // then
            var expected = row.legal().get(name);
            if (expected == null) {
                assertThat(next).as(name).isSameAs(row.from());
            } else {
                assertThat(next.state()).as(name).isInstanceOf(expected);
                assertThat(next).as(name).isNotEqualTo(row.from());
            }
        });
    }

    @Test
    void countsEveryBeginning() {
        // when
        var again = QUEUED.started(NOW).putBack().started(NOW.plusSeconds(1));

        // then
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.state()).isEqualTo(new Running(NOW.plusSeconds(1), JobProgress.none()));
    }

    @Test
    void keepsTheBeginningOfItsRun() {
        // then
        assertThat(((Succeeded) SUCCEEDED.state()).startedAt()).isEqualTo(Jobs.NOON.plusSeconds(1));
        assertThat(((Cancelled) QUEUED.cancelled(NOW).state()).startedAt()).isNull();
    }

    @Test
    void hasAResultUntilThatIsRemoved() {
        // then
        assertThat(SUCCEEDED.hasResult()).isTrue();
        assertThat(SUCCEEDED.resultRemoved(Removal.EVICTED).hasResult()).isFalse();
        assertThat(FAILED.hasResult()).isFalse();
    }

    @Test
    void progressesWithoutGoingBack() {
        // given: two faces, so that the stages of a face come twice
        var passed =
                List.of(Stage.DECODE, Stage.DETECT, Stage.MESH, Stage.WARP, Stage.MASK, Stage.MESH);

        // when
        var fractions =
                passed.stream()
                        .reduce(
                                List.of(JobProgress.none()),
                                (so, stage) ->
                                        Stream.concat(
                                                        so.stream(),
                                                        Stream.of(so.getLast().passed(stage)))
                                                .toList(),
                                (a, _) -> a)
                        .stream()
                        .mapToDouble(JobProgress::fraction)
                        .toArray();

        // then
        assertThat(fractions).isSorted();
        assertThat(fractions[0]).isZero();
        assertThat(Arrays.stream(fractions).max().orElseThrow()).isLessThan(1);
        assertThat(JobProgress.none().passed(Stage.ENCODE).fraction()).isCloseTo(1, within(1e-9));
    }
}
