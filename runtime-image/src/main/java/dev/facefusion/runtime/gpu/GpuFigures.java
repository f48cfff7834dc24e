package dev.facefusion.runtime.gpu;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The GPUs as last seen.
///
/// @param gpus `null` where there is no NVML, or nothing was read yet
/// @param age since they were read; `null` with `gpus`
/// @param error a sentence on what NVML failed to do; `null` if all is well
/// @param stale true if NVML does not answer any more
public record GpuFigures(
        @Nullable List<Gpu> gpus, @Nullable Duration age, @Nullable String error, boolean stale) {

    public GpuFigures {
        gpus = gpus == null ? null : List.copyOf(gpus);
    }

    /// A machine without NVML.
    public static GpuFigures absent() {
        return new GpuFigures(null, null, null, false);
    }

    /// Free memory, in bytes, of the GPU that has the least; empty where none is known now.
    public OptionalLong leastFreeBytes() {
        return stale
                ? OptionalLong.empty()
                : known().stream()
                        .map(Gpu::memory)
                        .filter(Objects::nonNull)
                        .mapToLong(Gpu.Memory::free)
                        .min();
    }

    /// The GPUs, none where nothing is known of any.
    public List<Gpu> known() {
        return gpus == null ? List.of() : gpus;
    }
}
