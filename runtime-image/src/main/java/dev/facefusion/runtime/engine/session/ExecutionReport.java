package dev.facefusion.runtime.engine.session;

import java.util.List;
import java.util.Map;

/// What was asked for and what the models really run on.
///
/// A provider is active only if every session says of itself that it placed every node on it. The
/// CPU is always there: it runs the models when no preferred provider can, and that is a fallback
/// wherever the CPU was not the first choice.
///
/// @param requested in order of preference
/// @param refusals the providers that were preferred to the active one, and why each cannot run
/// @param models by name
public record ExecutionReport(
        List<ExecutionProvider> requested,
        ExecutionProvider active,
        List<Refusal> refusals,
        Map<String, LoadedModel> models) {

    /// Why a provider does not run the models.
    ///
    /// @param reason ONNX Runtime's own words, or where it placed nodes instead
    public record Refusal(ExecutionProvider provider, String reason) {}

    public ExecutionReport {
        requested = List.copyOf(requested);
        refusals = List.copyOf(refusals);
        models = Map.copyOf(models);
    }

    /// True when the models run on the CPU although something else was the first choice.
    public boolean cpuFallback() {
        return active == ExecutionProvider.CPU && requested.getFirst() != ExecutionProvider.CPU;
    }
}
