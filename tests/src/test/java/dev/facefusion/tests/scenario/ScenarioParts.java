package dev.facefusion.tests.scenario;

import dev.facefusion.tests.simulation.Arrivals;
import dev.facefusion.tests.simulation.Behaviour;
import dev.facefusion.tests.simulation.Binding;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the entries of a scenario file's lists.
///
/// @param lasts where windows end that name no end
record ScenarioParts(Duration lasts) {
    Step step(Fields step) {
        var read = new Step(step.duration("at").orElseThrow(), change(step));
        step.requireAllRead();
        return read;
    }

    private static Change change(Fields step) {
        if (step.has("become")) {
            return new Change.Become(
                    step.pods("pods"),
                    Behaviour.of(step.text("become").orElseThrow(), figures(step.fields("with"))),
                    step.choice("bound", Binding.INSTANCE));
        }
        if (step.has("arrivals")) {
            return new Change.Load(arrivals(step.fields("arrivals")));
        }
        if (step.has("spec")) {
            return new Change.ToSpec(step.json("spec"));
        }
        if (step.has("annotations")) {
            var annotations = step.map("annotations");
            return step.has("pods")
                    ? new Change.AnnotatePods(step.pods("pods"), annotations)
                    : new Change.Annotate(annotations);
        }
        if (step.has("operator")) {
            return new Change.ToOperator(step.choice("operator", Change.ToOperator.Verb.KILL));
        }
        if (step.has("nodes")) {
            return new Change.AddNodes(step.number("nodes").orElseThrow());
        }
        if (step.has("evictions")) {
            return new Change.Evictions(step.choice("evictions", Change.Evictions.Policy.REFUSED));
        }
        if (step.text("delete").filter("fleet"::equals).isPresent()) {
            return new Change.Delete();
        }
        throw new IllegalArgumentException("a step of the timeline says nothing that happens");
    }

    private static Map<String, Double> figures(Fields with) {
        var figures = new HashMap<String, Double>();
        with.entries().forEach((name, value) -> figures.put(name, Double.valueOf(value)));
        return figures;
    }

    private static Arrivals arrivals(Fields arrivals) {
        var read =
                new Arrivals(
                        arrivals.decimal("perSecond").orElse(0.0),
                        arrivals.decimal("swing").orElse(0.0),
                        arrivals.duration("period").orElse(Duration.ofMinutes(1)));
        arrivals.requireAllRead();
        return read;
    }

    Expectation expectation(Fields entry) {
        Expectation read = expected(entry, window(entry));
        entry.requireAllRead();
        return read;
    }

    private static Expectation expected(Fields entry, Window window) {
        if (entry.has("action")) {
            return acts(entry, "action", Expectation.Proof.DONE, window);
        }
        if (entry.has("event")) {
            return acts(entry, "event", Expectation.Proof.ANNOUNCED, window);
        }
        if (entry.has("condition")) {
            return new Expectation.Condition(
                    entry.text("condition").orElseThrow(),
                    entry.text("status").orElseThrow(),
                    entry.text("reason"),
                    window);
        }
        if (entry.has("unhealthy")) {
            return new Expectation.Unhealthy(
                    entry.pods("unhealthy"),
                    entry.text("reason"),
                    entry.text("step"),
                    entry.text("blockedBy"),
                    window);
        }
        if (entry.has("desiredReplicas") || entry.has("limitedBy")) {
            return new Expectation.Scaling(
                    entry.number("desiredReplicas"),
                    entry.text("reason"),
                    entry.text("limitedBy"),
                    window);
        }
        throw new IllegalArgumentException("an entry of expect says nothing that is seen");
    }

    private static Expectation acts(
            Fields entry, String key, Expectation.Proof proof, Window window) {
        return new Expectation.Acts(
                entry.text(key).orElseThrow(),
                entry.pods("pods"),
                entry.text("reason"),
                proof,
                entry.number("times"),
                window);
    }

    private Window window(Fields entry) {
        return new Window(
                entry.duration("after").orElse(Duration.ZERO),
                entry.duration("before").orElse(lasts));
    }

    Ban ban(Fields entry) {
        var read = new Ban(prohibited(entry), window(entry));
        entry.requireAllRead();
        return read;
    }

    private static Prohibition prohibited(Fields entry) {
        if (entry.has("action")) {
            return new Prohibition.Acts(entry.text("action").orElseThrow(), entry.pods("pods"));
        }
        if (entry.has("deed")) {
            return new Prohibition.Deeds(deeds(entry), entry.pods("pods"));
        }
        if (entry.has("condition")) {
            return new Prohibition.Condition(
                    entry.text("condition").orElseThrow(), entry.text("status").orElseThrow());
        }
        if (entry.has("unhealthy")) {
            return new Prohibition.Unhealthy(entry.pods("unhealthy"));
        }
        if (entry.has("outOfServiceAbove")) {
            return new Prohibition.OutOfService(entry.number("outOfServiceAbove").orElseThrow());
        }
        if (entry.has("turnsAbove")) {
            return new Prohibition.Turns(entry.number("turnsAbove").orElseThrow());
        }
        throw new IllegalArgumentException("an entry of never says nothing that is seen");
    }

    private static Set<Sighting.Deed> deeds(Fields entry) {
        String deed = entry.text("deed").orElseThrow();
        return deed.equals("any")
                ? EnumSet.allOf(Sighting.Deed.class)
                : EnumSet.of(
                        Sighting.Deed.valueOf(deed.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    Ending ending(Fields ending) {
        var restarts = new HashMap<Integer, Integer>();
        ending.map("restarts")
                .forEach(
                        (pod, count) -> restarts.put(Integer.valueOf(pod), Integer.valueOf(count)));
        var read =
                new Ending(
                        ending.map("conditions"),
                        ending.number("ready"),
                        ending.number("replicas"),
                        ending.number("inService"),
                        ending.number("unhealthy"),
                        restarts,
                        ending.numbers("gone"),
                        ending.numbers("quarantined"),
                        ending.number("avoidedNodes"),
                        ending.choice("fleet", Ending.Presence.PRESENT));
        ending.requireAllRead();
        return read;
    }
}
