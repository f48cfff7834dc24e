package dev.facefusion.tests.scenario;

import dev.facefusion.tests.scenario.Expectation.Acts;
import dev.facefusion.tests.scenario.Expectation.Condition;
import dev.facefusion.tests.scenario.Expectation.Proof;
import dev.facefusion.tests.scenario.Expectation.Scaling;
import dev.facefusion.tests.scenario.Expectation.Unhealthy;
import dev.facefusion.tests.scenario.Sighting.Announced;
import dev.facefusion.tests.scenario.Sighting.Deed;
import dev.facefusion.tests.scenario.Sighting.Done;
import dev.facefusion.tests.scenario.Sighting.Reported;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Looks for what should have been seen.
record ExpectationCheck(Observed observed) {
    Finding check(Expectation expectation) {
        return switch (expectation) {
            case Acts acts -> acts(acts);
            case Condition condition ->
                    reported(
                            condition,
                            "%s is %s%s"
                                    .formatted(
                                            condition.type(),
                                            condition.status(),
                                            said(condition.reason())),
                            report -> holds(report, condition));
            case Unhealthy unhealthy ->
                    reported(
                            unhealthy,
                            "unhealthy: %s%s%s%s"
                                    .formatted(
                                            unhealthy.pods(),
                                            said(unhealthy.reason()),
                                            said(unhealthy.step()),
                                            said(unhealthy.blockedBy())),
                            report ->
                                    report.unhealthy().stream()
                                            .anyMatch(pod -> matches(pod, unhealthy)));
            case Scaling scaling ->
                    reported(
                            scaling,
                            "scaling:%s%s%s"
                                    .formatted(
                                            said(scaling.desiredReplicas().map(String::valueOf)),
                                            said(scaling.reason()),
                                            said(scaling.limitedBy())),
                            report -> matches(report.scaling(), scaling));
        };
    }

    private Finding acts(Acts acts) {
        var events = announced(acts);
        var inTime = events.stream().filter(event -> acts.window().contains(event.at())).toList();
        boolean often = acts.times().map(times -> times == events.size()).orElse(true);
        boolean done = acts.proof() == Proof.ANNOUNCED || done(acts);
        String what =
                "%s of %s%s %s"
                        .formatted(acts.action(), acts.pods(), said(acts.reason()), acts.window());
        return Finding.of(
                !inTime.isEmpty() && often && done,
                what + acts.times().map(", %d times"::formatted).orElse(""),
                "announced at %s%s".formatted(times(events), done ? "" : ", not done"));
    }

    private List<Announced> announced(Acts acts) {
        return observed.since0(Announced.class)
                .filter(event -> event.action().equals(acts.action()))
                .filter(event -> matches(event.reason(), acts.reason()))
                .filter(event -> observed.concerns(acts.pods(), event.pod()))
                .toList();
    }

    private boolean done(Acts acts) {
        Set<Deed> deeds = deeds(acts.action());
        return deeds.isEmpty()
                || observed.since0(Done.class)
                        .filter(done -> deeds.contains(done.deed()))
                        .filter(done -> observed.concerns(acts.pods(), done.pod()))
                        .anyMatch(done -> acts.window().contains(done.at()));
    }

    /// What shows that an action was carried out: one of these.
    private static Set<Deed> deeds(String action) {
        return switch (action) {
            case "Drain" -> EnumSet.of(Deed.OUT_OF_SERVICE, Deed.DRAIN_ASKED);
            case "SelfRestart" -> EnumSet.of(Deed.RESTART_ASKED);
            case "Replace" -> EnumSet.of(Deed.DELETED);
            case "AvoidNode" -> EnumSet.of(Deed.NODE_AVOIDED);
            case "Quarantine" -> EnumSet.of(Deed.QUARANTINED);
            case "Release" -> EnumSet.of(Deed.BACK_IN_SERVICE, Deed.RELEASED, Deed.NODE_RELEASED);
            case "Scale" -> EnumSet.of(Deed.SCALED);
            default -> Set.of();
        };
    }

    private Finding reported(Expectation expectation, String what, Predicate<Report> wanted) {
        Window window = expectation.window();
        // What was written before the window began still stands when it begins.
        Optional<Reported> standing =
                observed.all(Reported.class)
                        .filter(seen -> seen.at().compareTo(window.after()) < 0)
                        .reduce((_, later) -> later)
                        .filter(seen -> wanted.test(seen.report()));
        Optional<Reported> written =
                observed.all(Reported.class)
                        .filter(seen -> window.contains(seen.at()))
                        .filter(seen -> wanted.test(seen.report()))
                        .findFirst();
        return Finding.of(
                standing.or(() -> written).isPresent(),
                what + " " + window,
                standing.or(() -> written)
                        .map(seen -> "since %.1f s".formatted(seen.at().toMillis() / 1000.0))
                        .orElse("not seen"));
    }

    private static boolean holds(Report report, Condition wanted) {
        var condition = report.condition(wanted.type());
        return condition != null
                && condition.status().equals(wanted.status())
                && matches(condition.reason(), wanted.reason());
    }

    private boolean matches(Report.Complaint pod, Unhealthy wanted) {
        return wanted.pods().contain(pod.pod(), observed.initial())
                && matches(pod.reason(), wanted.reason())
                && matches(pod.step(), wanted.step())
                && matches(pod.blockedBy(), wanted.blockedBy());
    }

    private static boolean matches(Report.Scaling scaling, Scaling wanted) {
        return wanted.desiredReplicas()
                        .map(desired ->
                                scaling.desiredReplicas().filter(desired::equals).isPresent())
                        .orElse(true)
                && matches(scaling.reason(), wanted.reason())
                && matches(scaling.limitedBy(), wanted.limitedBy());
    }

    private static boolean matches(String seen, Optional<String> wanted) {
        return wanted.map(seen::equals).orElse(true);
    }

    private static String said(Optional<String> word) {
        return word.map(" "::concat).orElse("");
    }

    private static String times(List<Announced> events) {
        return events.isEmpty()
                ? "no time"
                : events.stream()
                        .map(event -> "%.1f s".formatted(event.at().toMillis() / 1000.0))
                        .collect(Collectors.joining(", "));
    }
}
