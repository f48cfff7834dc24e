package dev.facefusion.tests.world;

import dev.facefusion.tests.scenario.Change;
import dev.facefusion.tests.scenario.Judgement;
import dev.facefusion.tests.scenario.Pods;
import dev.facefusion.tests.scenario.Report;
import dev.facefusion.tests.scenario.Scenario;
import dev.facefusion.tests.scenario.Sighting;
import dev.facefusion.tests.scenario.Step;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One performance of one scenario on its stage.
public final class Play {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration CALM = Duration.ofSeconds(2);
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final String STRANGERS_BUDGET = "somebody-elses";

    private final World world;
    private final Stage stage;
    private final FleetResource fleet;
    private Instant zero = Instant.EPOCH;
    private final Optional<Operators> operators;

    /// @param operators of this scenario alone
    Play(World world, Stage stage, Optional<Operators> operators) {
        this.world = world;
        this.stage = stage;
        this.operators = operators;
        this.fleet = new FleetResource(world.client(), stage.namespace());
    }

    public Scenario scenario() {
        return stage.scenario();
    }

    /// Blocks for as long as the scenario lasts, and judges it.
    public Judgement perform() throws InterruptedException {
        if (operators.isPresent()) {
            operators.get().awaitLeader();
        }
        zero = begin();
        stage.begin();
        note("time zero");
        for (Step step : scenario().timeline()) {
            sleepUntil(zero.plus(step.at()));
            carryOut(step.change());
        }
        sleepUntil(zero.plus(scenario().lasts()));
        return judge(zero);
    }

    /// Not all fleets come up at once: this machine would be busier than any cluster.
    private Instant begin() throws InterruptedException {
        world.entrance().acquire();
        try {
            Instant created = Instant.now();
            fleet.create(scenario().fleet());
            return scenario().begin() == Scenario.Begin.CREATED ? created : awaitCalm();
        } finally {
            world.entrance().release();
        }
    }

    /// As [#perform], but whatever is under way may take longer, up to the grace.
    public Judgement performUntilEnded(Duration grace) throws InterruptedException {
        Judgement judgement = perform();
        Instant end = Instant.now().plus(grace);
        while (!judgement.unended().isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(Duration.ofSeconds(1));
            judgement = judge(zero);
        }
        return judgement;
    }

    private Judgement judge(Instant zero) {
        var judgement = Judgement.of(scenario(), stage.recording().from(zero, stage.initial()));
        write(judgement.report());
        return judgement;
    }

    /// Takes the fleet away.
    public void clear() {
        operators.ifPresent(Operators::close);
        world.spectators().leave(stage);
        var _ = world.client().namespaces().withName(stage.namespace()).delete();
        world.nodes().remove(stage.namespace());
    }

    /// Blocks until the fleet has been well for a moment.
    private Instant awaitCalm() throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        Instant calmSince = Instant.MAX;
        while (calmSince.isAfter(Instant.now().minus(CALM))) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError(
                        "the fleet was not ready in time\n" + judge(Instant.now()).report());
            }
            boolean calm = world.spectators().report(stage).filter(Report::calm).isPresent();
            calmSince = calm && calmSince.equals(Instant.MAX) ? Instant.now() : calmSince;
            calmSince = calm ? calmSince : Instant.MAX;
            Thread.sleep(GLANCE);
        }
        return Instant.now();
    }

    private void carryOut(Change change) {
        note(change.toString());
        switch (change) {
            case Change.Become(var pods, var behaviour, var binding) ->
                    stage.become(pods, behaviour, binding);
            case Change.Load(var arrivals) -> stage.load(arrivals, Instant.now());
            case Change.ToSpec(var patch) -> fleet.patchSpec(patch);
            case Change.Annotate(var annotations) -> fleet.annotate(annotations);
            case Change.AnnotatePods(var pods, var annotations) -> annotate(pods, annotations);
            case Change.ToOperator(var verb) -> toOperator(verb);
            case Change.Delete() -> fleet.delete();
            case Change.AddNodes(var count) ->
                    world.nodes().add(stage.namespace(), count, scenario().nodes().gpus());
            case Change.Evictions(var policy) -> strangersBudget(policy);
        }
    }

    private void annotate(Pods pods, Map<String, String> annotations) {
        stage.named(pods).forEach(pod -> fleet.annotatePod(pod, annotations));
    }

    private void toOperator(Change.ToOperator.Verb verb) {
        Operators own = operators.orElseThrow();
        switch (verb) {
            case KILL -> note("killed " + own.killLeader());
            case UPGRADE -> own.upgrade();
        }
    }

    private void strangersBudget(Change.Evictions.Policy policy) {
        var budget =
                new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withName(STRANGERS_BUDGET)
                        .withNamespace(stage.namespace())
                        .endMetadata()
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(0))
                        .withNewSelector()
                        .addToMatchLabels("facefusion.dev/cluster", FleetResource.NAME)
                        .endSelector()
                        .endSpec()
                        .build();
        switch (policy) {
            case REFUSED -> world.client().resource(budget).create();
            case ALLOWED -> {
                var _ = world.client().resource(budget).delete();
            }
        }
    }

    private void note(String what) {
        stage.recording().add(at -> new Sighting.Staged(at, "staged    " + what));
    }

    private void write(String report) {
        Path file = Tools.FOLDER.resolve(stage.namespace() + ".txt");
        try {
            Files.writeString(file, report);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void sleepUntil(Instant at) throws InterruptedException {
        Duration left = Duration.between(Instant.now(), at);
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }
}
