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
