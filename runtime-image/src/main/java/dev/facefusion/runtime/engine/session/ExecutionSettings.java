package dev.facefusion.runtime.engine.session;

import java.util.HashSet;
import java.util.List;

/// What the models shall run on.
///
/// @param providers at least one, none twice, in order of preference
/// @param threads CPU threads that ONNX Runtime may use at once, over all sessions of the process
public record ExecutionSettings(
        List<ExecutionProvider> providers, int threads, AcceleratorSettings accelerator) {

    public ExecutionSettings(List<ExecutionProvider> providers, int threads) {
        this(providers, threads, AcceleratorSettings.defaults());
    }

    public ExecutionSettings {
        providers = List.copyOf(providers);
        if (providers.isEmpty()) {
            throw new IllegalArgumentException("providers is empty");
        }
        if (new HashSet<>(providers).size() < providers.size()) {
            throw new IllegalArgumentException("providers repeats one: " + providers);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is below 1: " + threads);
        }
    }

    public static ExecutionSettings cpu(int threads) {
        return new ExecutionSettings(List.of(ExecutionProvider.CPU), threads);
    }
}
