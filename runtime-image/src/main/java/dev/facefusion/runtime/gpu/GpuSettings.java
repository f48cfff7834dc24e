package dev.facefusion.runtime.gpu;

import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.util.Optional;

/// How the runtime reads the GPUs.
///
/// @param library the NVML to load instead of the driver's
public record GpuSettings(Optional<Path> library) {

    public static GpuSettings from(Environment environment) {
        return new GpuSettings(environment.path("NVML_LIBRARY"));
    }
}
