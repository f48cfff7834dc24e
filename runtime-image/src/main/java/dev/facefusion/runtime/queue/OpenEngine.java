package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.drift.SelfTestResult;
import dev.facefusion.runtime.engine.session.ExecutionReport;
import java.util.Optional;
import java.util.Set;

/// What an engine holds and runs on, once it has run.
///
/// @param models their names in the manifest
/// @param selfTest what came of it; empty where there is none
public record OpenEngine(
        Set<String> models, ExecutionReport execution, Optional<SelfTestResult> selfTest) {

    public OpenEngine {
        models = Set.copyOf(models);
    }
}
