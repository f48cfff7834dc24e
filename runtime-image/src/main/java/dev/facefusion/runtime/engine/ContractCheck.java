package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.models.ModelInfo;
import dev.facefusion.runtime.models.ModelStore;
import java.util.List;
import java.util.Optional;

/// Whether a model is what its contract says, by the checks of the adapter that it would serve.
public final class ContractCheck {

    private ContractCheck() {}

    /// Opens one model by itself, on one thread of the CPU, and closes it again.
    ///
    /// @return what is wrong: that it cannot be opened, or the tensor that is not as the contract
    ///   says, with the shape that is there and the one that should be
    /// @throws dev.facefusion.runtime.engine.session.SessionException if ONNX Runtime itself cannot
    ///   work
    public static Optional<String> fault(ModelInfo model) {
        var store = ModelStore.of(model);
        var lineup = new Lineup(List.of(model));
        try (var sessions =
                ModelSessions.open(store, lineup.networks(), ExecutionSettings.cpu(1))) {
            new Crew(store, lineup, sessions).check(model);
            return Optional.empty();
        } catch (ModelException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
