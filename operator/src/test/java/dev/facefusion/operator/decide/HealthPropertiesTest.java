package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodHealth.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// What no stream of polls can make of a pod.
class HealthPropertiesTest {
    private static final HealthPolicy POLICY = Samples.POLICY;

    private static final List<Poll> POLLS =
            List.of(
                    answer(Samples.report()),
                    answer(Samples.latency(3000)),
                    answer(Samples.memory(95)),
                    answer(Samples.memory(87)),
                    answer(Samples.busy(500)),
                    answer(Samples.report(Accelerator.FALLBACK)),
                    answer(Samples.report(State.DEGRADED, Models.NOT_LOADED)),
                    new Poll.Refused(),
                    new Poll.ReadTimedOut(),
                    new Poll.ConnectTimedOut(),
                    new Poll.Unreadable("no status"));

    /// A poll and the second it ended.
    record Event(int second, Poll poll) {
        Instant at() {
            return Samples.NOW.plusSeconds(second);
        }
    }

    @Property
    void findsNoFaultWithoutFreshData(@ForAll("streams") List<Event> stream) {
        // given
        var pod = Samples.pod("a", track(stream));
        var later =
                Samples.NOW.plusSeconds(stream.getLast().second()).plus(POLICY.timeouts().stale());

        // when
        var verdict = POLICY.judge(pod, later.plusSeconds(1));

        // then
        assertThat(verdict.health()).isEqualTo(new Unknown());
    }

    @Property
    void neverFaultsOrTreatsABusyPodThatMakesProgress(
            @ForAll @Size(min = 1, max = 60)
                    List<@IntRange(max = 120) Integer> secondsSinceProgress) {
        // given
        var stream = new ArrayList<Event>();
        for (int seconds : secondsSinceProgress) {
            stream.add(new Event(10 * stream.size(), new Poll.Answered(Samples.busy(seconds))));
        }

        // when
        var health = health(stream);

        // then
        assertThat(health)
                .isNotInstanceOf(Faulty.class)
                .isNotEqualTo(new Ailing(Reason.SLOW_INFERENCE, Remedy.TREAT));
    }

    @Property
    void judgesAPodWhateverTheOrderOfThePods(
            @ForAll @Size(min = 1, max = 6) List<@From("streams") List<Event>> streams,
            @ForAll Random random) {
        // given
        var pods = new ArrayList<PodSnapshot>();
        streams.forEach(stream -> pods.add(Samples.pod("pod-" + pods.size(), track(stream))));
        var before = verdicts(pods);

        // when
        Collections.shuffle(pods, random);

        // then
        assertThat(verdicts(pods)).containsExactlyInAnyOrderElementsOf(before);
    }

    @Property
    void neverFlapsFasterThanTheRulesAllowHoweverTheStreamIsShuffled(
            @ForAll("streams") List<Event> stream, @ForAll Random random) {
        // given
        var shuffled = new ArrayList<>(stream);
        for (int i = 0; i + 4 < shuffled.size(); i += 4) {
            Collections.shuffle(shuffled.subList(i, i + 4), random);
        }

        // then
        var latency = POLICY.latency().sustained();
        assertThat(shortest(stream, HealthTrack::slow)).isGreaterThanOrEqualTo(latency);
        assertThat(shortest(shuffled, HealthTrack::slow)).isGreaterThanOrEqualTo(latency);
        var vram = POLICY.vram().sustained();
        assertThat(shortest(stream, HealthTrack::pressed)).isGreaterThanOrEqualTo(vram);
        assertThat(shortest(shuffled, HealthTrack::pressed)).isGreaterThanOrEqualTo(vram);
    }

    @Property
    void keepsAFaultUntilAsManyGoodReportsAsItTakes(@ForAll("streams") List<Event> stream) {
        // given
        var track = HealthTrack.begin(Samples.NOW);
        int answers = 0;
        for (var event : stream) {
            boolean bad = track.standing() instanceof Standing.Bad;

            // when
            track = track.after(event.poll(), event.at(), POLICY);

            // then
            answers = event.poll() instanceof Poll.Answered ? answers + 1 : 0;
            if (bad && !(track.standing() instanceof Standing.Bad)) {
                assertThat(track.standing()).isIn(new Standing.Good(), new Standing.Refusing());
                assertThat(track.standing() instanceof Standing.Refusing || answers >= 2).isTrue();
            }
        }
    }

    /// Runs of one poll each: a rule that needs minutes of the same must have its chance.
    @Provide
    Arbitrary<List<Event>> streams() {
        var run =
                Combinators.combine(
                                Arbitraries.of(POLLS),
                                Arbitraries.integers().between(1, 20),
                                Arbitraries.integers().between(1, 20))
                        .as(Run::new);
        return run.list().ofMinSize(1).ofMaxSize(12).map(HealthPropertiesTest::stream);
    }

    /// The same poll so many times, so many seconds apart.
    record Run(Poll poll, int times, int seconds) {}

    private static List<Event> stream(List<Run> runs) {
        var stream = new ArrayList<Event>();
        int second = 0;
        for (var run : runs) {
            for (int i = 0; i < run.times(); i++) {
                second += run.seconds();
                stream.add(new Event(second, run.poll()));
            }
        }
        return stream;
    }

    private static Poll answer(HealthReport report) {
        return new Poll.Answered(report);
    }

    private static HealthTrack track(List<Event> stream) {
        var track = HealthTrack.begin(Samples.NOW);
        for (var event : stream) {
            track = track.after(event.poll(), event.at(), POLICY);
        }
        return track;
    }

    private static PodHealth health(List<Event> stream) {
        var pod = Samples.pod("a", track(stream));
        return POLICY.judge(pod, stream.getLast().at()).health();
    }

    private static List<PodVerdict> verdicts(List<PodSnapshot> pods) {
        var deployment = Samples.deployment(pods.size(), pods.size(), pods.size());
        var fleet = Samples.fleet(pods.size(), deployment, pods.toArray(PodSnapshot[]::new));
        return Decisions.decide(fleet, new Policies(POLICY, Samples.REMEDIATION, Optional.empty()))
                .verdicts();
    }

    /// The shortest time from the first poll, or one onset, to the next onset.
    private static Duration shortest(List<Event> stream, Predicate<HealthTrack> sign) {
        var track = HealthTrack.begin(Samples.NOW);
        var shortest = Duration.ofDays(1);
        var newest = stream.getFirst().at();
        var since = newest;
        for (var event : stream) {
            boolean before = sign.test(track);
            track = track.after(event.poll(), event.at(), POLICY);
            newest = event.at().isAfter(newest) ? event.at() : newest;
            if (!before && sign.test(track)) {
                var took = Duration.between(since, newest);
                shortest = took.compareTo(shortest) < 0 ? took : shortest;
                since = newest;
            }
        }
        return shortest;
    }
}
