package dev.facefusion.runtime.engine.session;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// How the models use a GPU.
///
/// @param device its number among those that the process sees, from 0
/// @param arenaBytes the most that one model's arena may take of the GPU's memory; workspaces of
///   cuDNN and cuBLAS are outside of it
/// @param engineCache directory for TensorRT's engines and timings, which take minutes to build and
///   hold for one kind of GPU, one TensorRT and one model
public record AcceleratorSettings(int device, OptionalLong arenaBytes, Optional<Path> engineCache) {

    /// The first GPU, all of it, and no cache.
    public static AcceleratorSettings defaults() {
        return new AcceleratorSettings(0, OptionalLong.empty(), Optional.empty());
    }
}
