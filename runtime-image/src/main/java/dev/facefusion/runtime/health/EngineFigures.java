package dev.facefusion.runtime.health;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The models and what they run on.
///
/// @param loaded true when every worker has the models that its engine uses in memory
/// @param models of the manifest; empty until it is read
/// @param digest over all models; `null` until they are read
/// @param execution `null` until the models are loaded
public record EngineFigures(
        boolean loaded,
        List<Model> models,
        @Nullable String digest,
        @Nullable Execution execution) {

    /// One model of the manifest.
    ///
    /// @param sha256 64 lower-case hexadecimal digits
    /// @param license SPDX identifier
    /// @param loaded true when the engines hold it; a model that none uses stays on disk
    public record Model(String name, String sha256, String license, boolean loaded) {}

    /// What the models run on.
    ///
    /// @param requested execution providers in order of preference
    /// @param active the one that the models really run on
    /// @param cpuFallback true if that is the CPU and something else was the first choice
    public record Execution(List<String> requested, String active, boolean cpuFallback) {

        public Execution {
            requested = List.copyOf(requested);
        }
    }

    public EngineFigures {
        models = List.copyOf(models);
    }

    /// Nothing is read yet.
    public static EngineFigures none() {
        return new EngineFigures(false, List.of(), null, null);
    }
}
