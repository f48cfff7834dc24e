package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.session.ArenaFigures;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.models.Model;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An engine for every model of the store: beside the preferred ones it loads what a task asks for
/// by name, when it first does, and keeps it until a task asks for something else.
public final class OnDemandEngine implements Engine {

    private static final Logger log = LoggerFactory.getLogger(OnDemandEngine.class);

    private final EnginePlan plan;
    private final Pipeline usual;
    private @Nullable Pipeline other;

    private OnDemandEngine(EnginePlan plan) {
        this.plan = plan;
        this.usual = plan.open();
    }

    /// Loads the preferred models.
    ///
    /// @throws ModelException if a model is missing, not intact, cannot be opened, or is not of its
    ///   contract
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime itself cannot
    ///   work
    public static OnDemandEngine open(EnginePlan plan) {
        return new OnDemandEngine(plan);
    }

    @Override
    public SwapOutcome swap(
            SwapRequest request, StageListener progress, Cancellation cancellation) {
        return switch (choose(request.options(), progress, cancellation)) {
            case Chosen(var engine) -> engine.swap(request, progress, cancellation);
            case NotThere(var outcome) -> outcome;
        };
    }

    @Override
    public Preparation prepare(
            List<Path> sources,
            SwapOptions options,
            StageListener progress,
            Cancellation cancellation) {
        return switch (choose(options, progress, cancellation)) {
            case Chosen(var engine) -> engine.prepare(sources, options, progress, cancellation);
            case NotThere(var outcome) -> new Preparation.Refused(outcome);
        };
    }

    private sealed interface Choice {}

    private record Chosen(Pipeline engine) implements Choice {}

    private record NotThere(BadOption outcome) implements Choice {}

    private Choice choose(SwapOptions options, StageListener progress, Cancellation cancellation) {
        var wishes =
                ModelWish.of(options.faces()).stream()
                        .filter(wish -> wish.name().isPresent())
                        .toList();
        if (wishes.isEmpty()) {
            return new Chosen(usual);
        }
        var unknown = wishes.stream().filter(wish -> !isThere(wish)).findFirst();
        if (unknown.isPresent()) {
            var there = names(unknown.get().role());
            return new NotThere(
                    new BadOption(
                            unknown.get().option(),
                            there.isEmpty()
                                    ? "nothing: no model here can do that"
                                    : "one of the models here: " + String.join(", ", there)));
        }
        try {
            return new Chosen(with(demand(wishes), progress, cancellation));
        } catch (ModelException e) {
            log.atWarn().setCause(e).log("The models that a task asks for do not go together");
            return new NotThere(
                    new BadOption(
                            wishes.getFirst().option(), "a model that goes with the others here"));
        }
    }

    private boolean isThere(ModelWish wish) {
        var name = wish.name().orElseThrow();
        var there = names(wish.role());
        return name.equals(ModelWish.MANY) ? !there.isEmpty() : there.contains(name);
    }

    private List<String> names(ModelRole role) {
        return plan.models().models(role).stream().map(Model::name).toList();
    }

    private static ModelDemand demand(List<ModelWish> wishes) {
        return ModelDemand.preferring(
                wishes.stream().flatMap(wish -> wish.name().stream()).collect(Collectors.toSet()));
    }

    private Pipeline with(ModelDemand demand, StageListener progress, Cancellation cancellation) {
        var needed =
                Lineup.of(plan.models().models(), demand).models().stream()
                        .map(Model::name)
                        .collect(Collectors.toSet());
        var open = Optional.ofNullable(other);
        var fit =
                Stream.concat(Stream.of(usual), open.stream())
                        .filter(engine -> engine.models().containsAll(needed))
                        .findFirst();
        if (fit.isPresent()) {
            return fit.get();
        }
        closeOther();
        var loaded =
                new EnginePlan(plan.models(), plan.execution(), plan.surroundings(), demand).open();
        other = loaded;
        progress.moved();
        log.atInfo().addKeyValue("models", needed).log("Models loaded for a task");
        cancellation.check();
        return loaded;
    }

    private void closeOther() {
        var open = other;
        other = null;
        if (open != null) {
            open.close();
        }
    }

    /// Whether the usual models do.
    @Override
    public boolean followsFaces() {
        return usual.followsFaces();
    }

    @Override
    public Set<String> models() {
        return usual.models();
    }

    @Override
    public Map<String, ArenaFigures> arenas() {
        return usual.arenas();
    }

    @Override
    public ExecutionReport execution() {
        return usual.execution();
    }

    @Override
    public void warmUp() {
        usual.warmUp();
    }

    @Override
    public void close() {
        closeOther();
        usual.close();
    }
}
