package dev.facefusion.runtime.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    private final Schedule<Entry> schedule = new Schedule<>();

    private record Entry(Lane lane, String client, int number) {}

    @Test
    void servesEachClientFirstComeFirstServed() {
        // given
        add(Lane.INTERACTIVE, "a", 1);
        add(Lane.INTERACTIVE, "a", 2);
        add(Lane.INTERACTIVE, "a", 3);

        // when
        var order = drain();

        // then
        assertThat(order).extracting(Entry::number).containsExactly(1, 2, 3);
    }

    @Test
    void letsClientsTakeTurns() {
        // given
        for (var i = 0; i < 3; i++) {
            add(Lane.INTERACTIVE, "greedy", i);
        }
        add(Lane.INTERACTIVE, "b", 10);
        add(Lane.INTERACTIVE, "c", 20);

        // when
        var order = drain();

        // then
        assertThat(order)
                .extracting(Entry::client)
                .containsExactly("greedy", "b", "c", "greedy", "greedy");
    }

    @Test
    void doesNotLetAClientGainATurnByLeavingAndComingBack() {
        // given
        add(Lane.INTERACTIVE, "a", 1);
        add(Lane.INTERACTIVE, "b", 2);
        var own = add(Lane.INTERACTIVE, "c", 3);

        // when
        remove(own);
        add(Lane.INTERACTIVE, "c", 4);

        // then
        assertThat(drain()).extracting(Entry::client).containsExactly("a", "b", "c");
    }

    @Test
    void givesBatchEveryFourthTurn() {
        // given
        IntStream.range(0, 7).forEach(i -> add(Lane.INTERACTIVE, "a", i));
        IntStream.range(0, 3).forEach(i -> add(Lane.BATCH, "b", i));

        // when
        var order = drain();

        // then
        assertThat(order)
                .extracting(entry -> entry.lane().name().substring(0, 1))
                .containsExactly("I", "I", "I", "B", "I", "I", "I", "B", "I", "B");
    }

    @Test
    void owesBatchNothingForTurnsBeforeItWaited() {
        // given
        IntStream.range(0, 9).forEach(i -> add(Lane.INTERACTIVE, "a", i));
        IntStream.range(0, 5).forEach(i -> schedule.next());

        // when
        add(Lane.BATCH, "b", 0);

        // then
        assertThat(drain())
                .extracting(Entry::lane)
                .containsExactly(
                        Lane.INTERACTIVE,
                        Lane.INTERACTIVE,
                        Lane.INTERACTIVE,
                        Lane.BATCH,
                        Lane.INTERACTIVE);
    }

    @Test
    void knowsNoPositionOfWhatDoesNotWait() {
        // given
        var entry = add(Lane.BATCH, "a", 1);
        schedule.next();

        // when
        var position = schedule.position(entry.lane(), entry.client(), entry);

        // then
        assertThat(position).isEmpty();
        assertThat(remove(entry)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void neverLosesOrRepeatsATaskAndKeepsItsPromises(long seed) {
        // given
        var random = new Random(seed);
        var waiting = new ArrayList<Entry>();
        var lastOf = new HashMap<String, Integer>();
        var passedOver = 0;

        for (var step = 0; step < 2_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    var lane = random.nextInt(3) == 0 ? Lane.BATCH : Lane.INTERACTIVE;
                    waiting.add(add(lane, "client-" + random.nextInt(4), step));
                }
                case 2 -> {
                    if (!waiting.isEmpty()) {
                        // when
                        var gone = waiting.remove(random.nextInt(waiting.size()));
                        // then
                        assertThat(remove(gone)).isTrue();
                    }
                }
                default -> {
                    // when
                    var batchWaits = waiting.stream().anyMatch(entry -> entry.lane() == Lane.BATCH);
                    var taken = schedule.next();

                    // then
                    assertThat(taken.isEmpty()).isEqualTo(waiting.isEmpty());
                    if (taken.isPresent()) {
                        var entry = taken.get();
                        assertThat(waiting.remove(entry)).isTrue();
                        var before = lastOf.put(entry.lane() + entry.client(), entry.number());
                        assertThat(before == null || before < entry.number()).isTrue();
                    }
                    passedOver =
                            batchWaits && taken.orElseThrow().lane() == Lane.INTERACTIVE
                                    ? passedOver + 1
                                    : 0;
                    assertThat(passedOver).isLessThanOrEqualTo(Schedule.MAX_PASSED_OVER);
                }
            }
            assertThat(schedule.size()).isEqualTo(waiting.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void saysThePositionThatComesTrue(long seed) {
        // given
        var random = new Random(seed);
        var waiting = new ArrayList<Entry>();
        for (var i = 0; i < 60; i++) {
            var lane = random.nextBoolean() ? Lane.BATCH : Lane.INTERACTIVE;
            waiting.add(add(lane, "client-" + random.nextInt(5), i));
            if (random.nextInt(3) == 0) {
                schedule.next().ifPresent(waiting::remove);
            }
        }

        // when
        var positions = new HashMap<Entry, Integer>();
        waiting.forEach(entry ->
                positions.put(
                        entry,
                        schedule.position(entry.lane(), entry.client(), entry).orElseThrow()));

        // then
        var order = drain();
        assertThat(order).hasSize(waiting.size());
        for (var i = 0; i < order.size(); i++) {
            assertThat(positions.get(order.get(i))).as("%s", order.get(i)).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 31})
    void letsAQuietClientWaitForOneRoundAtMost(int othersTasks) {
        // given
        for (var i = 0; i < othersTasks; i++) {
            add(Lane.INTERACTIVE, "loud", i);
            add(Lane.INTERACTIVE, "louder", i);
        }

        // when
        var quiet = add(Lane.INTERACTIVE, "quiet", 0);

        // then
        assertThat(schedule.position(quiet.lane(), quiet.client(), quiet)).hasValue(2);
    }

    private Entry add(Lane lane, String client, int number) {
        var entry = new Entry(lane, client, number);
        schedule.add(lane, client, entry);
        return entry;
    }

    private boolean remove(Entry entry) {
        return schedule.remove(entry.lane(), entry.client(), entry);
    }

    private List<Entry> drain() {
        var order = new ArrayList<Entry>();
        for (var next = schedule.next(); next.isPresent(); next = schedule.next()) {
            order.add(next.get());
        }
        return order;
    }
}
