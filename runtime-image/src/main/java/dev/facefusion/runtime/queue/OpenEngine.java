package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.engine.session.ExecutionReport;
import java.util.Set;

/// What an engine holds and runs on, once it has run.
///
/// @param models their names in the manifest
public record OpenEngine(Set<String> models, ExecutionReport execution) {

    public OpenEngine {
        models = Set.copyOf(models);
    }
}
