package dev.facefusion.runtime.cli;

import dev.facefusion.sdk.Setup;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command that changes pictures is told beside its files and the task's options.
final class WorkFlags {

    @Option(
            names = "--consent",
            paramLabel = "TEXT",
            description = "Where the consent of the people shown is recorded, for the audit log")
    private @Nullable String consent;

    @Option(names = "--json", description = "Tell progress as JSON lines, also on a terminal")
    private boolean json;

    @Mixin private EngineFlags engine = new EngineFlags();

    Optional<String> consent() {
        return Optional.ofNullable(consent);
    }

    boolean json() {
        return json;
    }

    Setup setup() {
        return engine.setup();
    }
}
