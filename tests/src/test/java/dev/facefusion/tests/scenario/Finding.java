package dev.facefusion.tests.scenario;

/// Whether one line of a scenario came true.
public record Finding(Outcome outcome, String what, String evidence) {
    public enum Outcome {
        MET,
        UNMET
    }

    static Finding of(boolean met, String what, String evidence) {
        return new Finding(met ? Outcome.MET : Outcome.UNMET, what, evidence);
    }

    String line() {
        return "%s %s%s"
                .formatted(
                        outcome == Outcome.MET ? "  ok " : "  NOT",
                        what,
                        evidence.isEmpty() ? "" : ": " + evidence);
    }
}
