package dev.facefusion.tests.scenario;

import dev.facefusion.tests.scenario.PodState.Owner;
import dev.facefusion.tests.scenario.Sighting.Deed;
import dev.facefusion.tests.scenario.Sighting.Done;
import dev.facefusion.tests.scenario.Sighting.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compares how things stood at the end.
record EndingCheck(Observed observed) {
    Stream<Finding> check(Ending ending) {
        Map<Integer, PodState> states = observed.lastStates();
        Optional<Report> report = observed.lastReport();
        var findings = new ArrayList<Finding>();
        ending.conditions()
                .forEach((type, status) ->
                        findings.add(
                                same(
                                        type,
                                        status,
                                        report.map(last -> last.condition(type))
                                                .map(Report.Condition::status)
                                                .orElse("absent"))));
        ending.ready()
                .ifPresent(ready ->
                        findings.add(same("ready", ready, report.map(Report::ready).orElse(-1))));
        ending.inService()
                .ifPresent(count -> findings.add(same("in service", count, inService(states))));
        ending.unhealthy()
                .ifPresent(count ->
                        findings.add(
                                same(
                                        "unhealthy pods",
                                        count,
                                        report.map(last -> last.unhealthy().size()).orElse(-1))));
        ending.replicas().ifPresent(count -> findings.add(same("replicas", count, fleet(states))));
        ending.restarts()
                .forEach((pod, count) ->
                        findings.add(
                                same(
                                        "restarts of pod " + pod,
                                        count,
                                        Optional.ofNullable(states.get(pod))
                                                .map(PodState::restarts)
                                                .orElse(-1))));
        if (!ending.gone().isEmpty()) {
            findings.add(
                    same(
                            "gone",
                            new TreeSet<>(ending.gone()),
                            ordinals(states, state -> !state.exists(), ending.gone())));
        }
        if (!ending.quarantined().isEmpty()) {
            findings.add(
                    same(
                            "quarantined",
                            new TreeSet<>(ending.quarantined()),
                            ordinals(
                                    states,
                                    state -> state.exists() && state.owner() == Owner.QUARANTINE,
                                    states.keySet())));
        }
        ending.avoidedNodes()
                .ifPresent(count -> findings.add(same("avoided nodes", count, avoided())));
        if (ending.fleet() == Ending.Presence.ABSENT) {
            findings.add(same("pods of the deleted fleet", 0, existing(states)));
        }
        return findings.stream();
    }

    /// The words of kstatus from time zero on, without repeats.
    Finding kstatus(List<String> expected) {
        var read = new ArrayList<String>();
        Stream.concat(
                        observed
                                .all(Reported.class)
                                .filter(seen -> seen.at().isNegative())
                                .reduce((_, later) -> later)
                                .stream(),
                        observed.since0(Reported.class))
                .map(seen -> seen.report().kstatus())
                .filter(word -> read.isEmpty() || !read.getLast().equals(word))
                .forEach(read::add);
        return same("kstatus", expected, read);
    }

    private static Finding same(String what, Object expected, Object seen) {
        return Finding.of(
                expected.equals(seen), "in the end %s: %s".formatted(what, expected), "is " + seen);
    }

    private static int fleet(Map<Integer, PodState> states) {
        return (int)
                states.values().stream()
                        .filter(state -> state.exists() && state.owner() == Owner.FLEET)
                        .filter(state -> state.life() != PodState.Life.LEAVING)
                        .count();
    }

    private static int inService(Map<Integer, PodState> states) {
        return (int)
                states.values().stream()
                        .filter(state -> state.life() == PodState.Life.READY)
                        .filter(state -> !state.outOfService())
                        .count();
    }

    private static int existing(Map<Integer, PodState> states) {
        return (int) states.values().stream().filter(PodState::exists).count();
    }

    private static Set<Integer> ordinals(
            Map<Integer, PodState> states, Predicate<PodState> wanted, Set<Integer> among) {
        return states.entrySet().stream()
                .filter(entry -> among.contains(entry.getKey()))
                .filter(entry -> wanted.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private int avoided() {
        return (int) (count(Deed.NODE_AVOIDED) - count(Deed.NODE_RELEASED));
    }

    private long count(Deed deed) {
        return observed.all(Done.class).filter(done -> done.deed() == deed).count();
    }
}
