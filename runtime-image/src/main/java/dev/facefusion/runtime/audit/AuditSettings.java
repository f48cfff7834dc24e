package dev.facefusion.runtime.audit;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the audit log goes.
///
/// @param file empty for none
/// @param durability of a line when the task goes on
public record AuditSettings(Optional<Path> file, Durability durability) {

    /// What a line outlives.
    public enum Durability {
        /// The machine's end: it is on the disk.
        DISK,
        /// The process's end: the operating system has it.
        SYSTEM
    }

    /// What the environment asks for.
    ///
    /// @throws ConfigException if a variable cannot be used
    public static AuditSettings from(Environment environment) {
        return new AuditSettings(
                environment.path("AUDIT_LOG"),
                switch (environment.oneOf("AUDIT_FSYNC", List.of("on", "off"))) {
                    case "off" -> Durability.SYSTEM;
                    default -> Durability.DISK;
                });
    }
}
