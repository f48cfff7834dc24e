package dev.facefusion.tests.scenario;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What came of a scenario, line by line.
public record Judgement(Scenario scenario, Observed observed, List<Finding> findings) {
    public Judgement {
        findings = List.copyOf(findings);
    }

    public static Judgement of(Scenario scenario, Observed observed) {
        var expected = new ExpectationCheck(observed);
        var forbidden = new ProhibitionCheck(observed);
        var ending = new EndingCheck(observed);
        var findings =
                Stream.of(
                                scenario.expectations().stream().map(expected::check),
                                scenario.bans().stream().map(forbidden::check),
                                ending.check(scenario.ending()),
                                Stream.of(ending.kstatus(scenario.kstatus())))
                        .flatMap(found -> found)
                        .toList();
        return new Judgement(scenario, observed, findings);
    }

    /// What is not as it should be in the end, whatever happened on the way.
    public List<String> unended() {
        return new EndingCheck(observed)
                .check(scenario.ending())
                .filter(finding -> finding.outcome() == Finding.Outcome.UNMET)
                .map(finding -> finding.what() + " " + finding.evidence())
                .toList();
    }

    /// Processes that were asked to restart more than once, as `pod instance`.
    public List<String> repeated() {
        return observed
                .all(Sighting.Done.class)
                .filter(done -> done.deed() == Sighting.Deed.RESTART_ASKED)
                .collect(
                        Collectors.groupingBy(
                                done -> done.pod() + " " + done.detail(), Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry -> "%s: %d times".formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    public boolean met() {
        return findings.stream().allMatch(finding -> finding.outcome() == Finding.Outcome.MET);
    }

    /// What was expected, and beside it what was seen.
    public String report() {
        return """
        %s (%s)

        Expected:
        %s

        Seen:
        %s\
        """
                .formatted(
                        scenario.title(),
                        scenario.name(),
                        findings.stream().map(Finding::line).collect(Collectors.joining("\n")),
                        observed.timeline());
    }
}
