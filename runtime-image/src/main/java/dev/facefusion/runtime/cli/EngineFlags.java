package dev.facefusion.runtime.cli;

import dev.facefusion.sdk.Setup;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What an engine is opened with, over what the environment says.
final class EngineFlags {

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description =
                    "Directories of models, separated by commas; bundled is that of the bundled"
                            + " models (MODEL_DIR, else bundled)")
    private @Nullable String models;

    @Option(
            names = "--execution-providers",
            split = ",",
            arity = "1..*",
            hideParamSyntax = true,
            paramLabel = "NAME...",
            description =
                    "cuda, tensorrt, cpu, the preferred one first (EXECUTION_PROVIDERS, else cpu)")
    private @Nullable List<String> executionProviders;

    @Option(
            names = {"--execution-threads", "--execution-thread-count"},
            paramLabel = "N",
            description = "CPU threads for the models (EXECUTION_THREADS, else 4)")
    private @Nullable Integer executionThreads;

    Setup setup() {
        var setup = Setup.fromEnvironment();
        if (models != null) {
            setup = setup.setting("MODELS_DIR", "").setting("MODEL_DIR", models);
        }
        if (executionProviders != null) {
            setup = setup.executionProviders(executionProviders.toArray(String[]::new));
        }
        return executionThreads == null ? setup : setup.executionThreads(executionThreads);
    }
}
