package dev.facefusion.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.operator.decide.Poll;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.Standing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HealthPollerTest {
    private static final ClusterId CLUSTER = new ClusterId("media", "studio");
    private static final PollSettings SETTINGS =
            new PollSettings(Duration.ofMillis(20), Duration.ofMillis(10), Samples.POLICY);
    private static final PollTarget A = target("a", 0);
    private static final PollTarget B = target("b", 0);

    private final FakeHealthClient client = new FakeHealthClient();
    private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOW);
    private final AtomicInteger changes = new AtomicInteger();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private HealthPoller poller;

    @BeforeEach
    void startPoller() {
        client.answer(A.health(), () -> new Poll.Answered(Samples.report()));
        client.answer(B.health(), () -> new Poll.Answered(Samples.report()));
        poller = poller(8);
    }

    @AfterEach
    void stopPoller() {
        poller.close();
    }

    @Test
    void pollsEveryPodAgainAndAgain() {
        // when
        poller.watch(CLUSTER, List.of(A, B), SETTINGS);

        // then
        await().until(() -> client.polls(A.health()) > 5 && client.polls(B.health()) > 5);
        assertThat(poller.track(A.instance()).orElseThrow().standing())
                .isEqualTo(new Standing.Good());
    }

    @Test
    void tellsOnlyOfWhatHasChanged() {
        // when
        poller.watch(CLUSTER, List.of(A), SETTINGS);
        await().until(() -> client.polls(A.health()) > 20);

        // then
        assertThat(changes).hasValue(1);
    }

    @Test
    void tellsOfAPodThatFallsIll() {
        // given
        poller.watch(CLUSTER, List.of(A), SETTINGS);
        await().until(() -> changes.get() == 1);

        // when
        client.answer(A.health(), Poll.ReadTimedOut::new);

        // then
        await().until(() -> changes.get() == 2);
        assertThat(poller.readings(CLUSTER))
                .singleElement()
                .extracting(HealthReading::standing)
                .isInstanceOf(Standing.Bad.class);
    }

    @Test
    void letsAHangingPodDelayNoOther() {
        // given
        var never = new CountDownLatch(1);
        client.answer(A.health(), () -> blockOn(never));

        // when
        poller.watch(CLUSTER, List.of(A, B), SETTINGS);

        // then
        await().until(() -> client.polls(B.health()) > 20);
        assertThat(client.polls(A.health())).isEqualTo(1);
        never.countDown();
    }

    @Test
    void goesOnAfterABugInTheClient() {
        // given
        client.answer(
                A.health(),
                () -> {
                    throw new IllegalStateException("a bug");
                });

        // when
        poller.watch(CLUSTER, List.of(A), SETTINGS);

        // then
        await().until(() -> client.polls(A.health()) > 5);
    }

    @Test
    void neverRunsMorePollsAtOnceThanItMay() {
        // given
        poller.close();
        poller = poller(1);
        var running = new AtomicInteger();
        var most = new AtomicInteger();
        for (var pod : List.of(A, B)) {
            client.answer(
                    pod.health(),
                    () -> {
                        most.accumulateAndGet(running.incrementAndGet(), Math::max);
                        running.decrementAndGet();
                        return new Poll.Refused();
                    });
        }

        // when
        poller.watch(CLUSTER, List.of(A, B), SETTINGS);

        // then
        await().until(() -> client.polls(A.health()) > 10 && client.polls(B.health()) > 10);
        assertThat(most).hasValue(1);
    }

    @Test
    void forgetsAPodThatIsGoneAndKeepsTheOthers() {
        // given
        poller.watch(CLUSTER, List.of(A, B), SETTINGS);
        await().until(() -> client.polls(A.health()) > 1 && client.polls(B.health()) > 1);
        var known = poller.track(B.instance()).orElseThrow();

        // when
        poller.watch(CLUSTER, List.of(B), SETTINGS);

        // then
        assertThat(poller.track(A.instance())).isEmpty();
        assertThat(poller.track(B.instance()).orElseThrow().standing()).isEqualTo(known.standing());
        assertThat(poller.podsWatched()).isEqualTo(1);
    }

    @Test
    void knowsNothingOfARestartedContainer() {
        // given
        poller.watch(CLUSTER, List.of(A), SETTINGS);
        await().until(() -> changes.get() == 1);

        // when
        poller.watch(CLUSTER, List.of(target("a", 1)), SETTINGS);

        // then
        assertThat(poller.track(A.instance())).isEmpty();
    }

    @Test
    void takesUpChangedSettingsAndKeepsWhatItKnows() {
        // given
        var seldom = new PollSettings(Duration.ofHours(1), Duration.ofMillis(10), Samples.POLICY);
        poller.watch(CLUSTER, List.of(A), seldom);

        // when
        poller.watch(CLUSTER, List.of(A), SETTINGS);

        // then
        await().until(() -> client.polls(A.health()) > 5);
    }

    @Test
    void stopsWhenTheClusterIsGone() {
        // given
        poller.watch(CLUSTER, List.of(A), SETTINGS);
        await().until(() -> client.polls(A.health()) > 1);

        // when
        poller.forget(CLUSTER);

        // then
        assertThat(poller.podsWatched()).isZero();
        assertThat(poller.readings(CLUSTER)).isEmpty();
        assertThat(poller.track(A.instance())).isEmpty();
    }

    @Test
    void forgetsAClusterThatNobodyHasAskedForInALongTime() {
        // given
        poller.watch(CLUSTER, List.of(A), SETTINGS);

        // when
        now.set(Samples.NOW.plus(Duration.ofHours(1)));

        // then
        await().until(() -> poller.podsWatched() == 0);
    }

    @Test
    void countsItsPollsByOutcome() {
        // when
        poller.watch(CLUSTER, List.of(A), SETTINGS);

        // then
        await().until(() ->
                registry.find("facefusion.operator.health.poll").tag("outcome", "answered").timer()
                        != null);
        assertThat(poller.alive()).isTrue();
    }

    private HealthPoller poller(int concurrency) {
        InstantSource clock = now::get;
        var created =
                new HealthPoller(client, clock.withZone(ZoneOffset.UTC), concurrency, registry);
        created.onChange(_ -> changes.incrementAndGet());
        return created;
    }

    private static Poll blockOn(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return new Poll.ReadTimedOut();
    }

    private static PollTarget target(String uid, int restarts) {
        return new PollTarget(
                new PodInstance(uid, restarts), URI.create("http://%s:8080/health".formatted(uid)));
    }
}
