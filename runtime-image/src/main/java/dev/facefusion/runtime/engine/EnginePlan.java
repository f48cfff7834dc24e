package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.session.SessionException;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelInfo;
import dev.facefusion.runtime.models.ModelStore;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What engines are made from.
///
/// @param wanted names of models that are loaded beside the preferred one of each role, and
///   preferred to others, such as a task's
///   [dev.facefusion.runtime.engine.options.FaceOptions#models]
public record EnginePlan(
        ModelStore models,
        ExecutionSettings execution,
        Surroundings surroundings,
        Set<String> wanted) {

    public EnginePlan {
        wanted = Set.copyOf(wanted);
    }

    /// The preferred models, with nothing around them.
    public static EnginePlan of(ModelStore models, ExecutionSettings execution) {
        return new EnginePlan(models, execution, Surroundings.none(), Set.of());
    }

    /// The same models, with something around them.
    public EnginePlan in(Surroundings others) {
        return new EnginePlan(models, execution, others, wanted);
    }

    /// Loads the models.
    ///
    /// @throws ModelException if a model is missing, not intact, cannot be opened, or is not of its
    ///   contract
    /// @throws SessionException if ONNX Runtime itself cannot work
    public Pipeline open() {
        var lineup = Lineup.of(models, wanted);
        return assemble(lineup, load(lineup));
    }

    /// An engine of the same plan as the one that has these sessions.
    ///
    /// @throws SessionException if ONNX Runtime cannot
    Pipeline another(ModelSessions loaded) {
        var lineup = Lineup.of(models, wanted);
        return assemble(lineup, loaded.twin().orElseGet(() -> load(lineup)));
    }

    private ModelSessions load(Lineup lineup) {
        return ModelSessions.open(models, lineup.networks(), execution);
    }

    private Pipeline assemble(Lineup lineup, ModelSessions sessions) {
        try {
            var crew = new Crew(models, lineup, sessions);
            var names = lineup.models().stream().map(ModelInfo::name).collect(Collectors.toSet());
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
