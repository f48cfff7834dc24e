package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.session.SessionException;
import dev.facefusion.runtime.models.Model;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelStore;
import java.util.Optional;
import java.util.stream.Collectors;

/// What engines are made from.
///
/// @param demand which of the models are loaded
public record EnginePlan(
        ModelStore models,
        ExecutionSettings execution,
        Surroundings surroundings,
        ModelDemand demand) {

    /// The preferred models, with nothing around them.
    public static EnginePlan of(ModelStore models, ExecutionSettings execution) {
        return new EnginePlan(models, execution, Surroundings.none(), ModelDemand.preferred());
    }

    /// The same models, with something around them.
    public EnginePlan in(Surroundings others) {
        return new EnginePlan(models, execution, others, demand);
    }

    /// Loads the models.
    ///
    /// @throws ModelException if a model is missing, not intact, cannot be opened, or is not of its
    ///   contract
    /// @throws SessionException if ONNX Runtime itself cannot work
    public Pipeline open() {
        var lineup = Lineup.of(models.models(), demand);
        return assemble(lineup, load(lineup));
    }

    /// An engine of the same plan as the one that has these sessions.
    ///
    /// @throws SessionException if ONNX Runtime cannot
    Pipeline another(ModelSessions loaded) {
        var lineup = Lineup.of(models.models(), demand);
        return assemble(lineup, loaded.twin().orElseGet(() -> load(lineup)));
    }

    private ModelSessions load(Lineup lineup) {
        return ModelSessions.open(models, lineup.networks(), execution);
    }

    private Pipeline assemble(Lineup lineup, ModelSessions sessions) {
        try {
            var crew = new Crew(models, lineup, sessions);
            var names = lineup.models().stream().map(Model::name).collect(Collectors.toSet());
            var identity =
                    Optional.of(surroundings.identityEvery())
                            .filter(every -> every > 0)
                            .flatMap(every ->
                                    crew.recogniser().map(one -> new IdentityProbe(one, every)));
            return new Pipeline(
                    this, sessions, crew.analyser(), crew.processors(), names, identity);
        } catch (RuntimeException e) {
            sessions.close();
            throw e;
        }
    }
}
