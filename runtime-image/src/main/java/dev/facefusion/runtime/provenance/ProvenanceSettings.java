package dev.facefusion.runtime.provenance;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.util.List;

/// Which marks results carry.
///
/// @param policy whether they carry any
/// @param producer who is named as the producer of the pictures, 1 to 256 characters
public record ProvenanceSettings(Policy policy, String producer) {

    static final String DEFAULT_PRODUCER = "FaceFusion runtime";
    private static final int MAX_PRODUCER = 256;

    /// Whether results are marked.
    public enum Policy {
        ON,
        OFF
    }

    /// What the environment asks for.
    ///
    /// @throws ConfigException if a variable cannot be used
    public static ProvenanceSettings from(Environment environment) {
        var producer = environment.text("PROVENANCE_PRODUCER").orElse(DEFAULT_PRODUCER);
        if (producer.length() > MAX_PRODUCER
                || producer.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigException(
                    "PROVENANCE_PRODUCER has %d characters or one that cannot be printed. Set it to the name or code of whoever produces the pictures, at most %d characters."
                            .formatted(producer.length(), MAX_PRODUCER));
        }
        return new ProvenanceSettings(
                switch (environment.oneOf("PROVENANCE", List.of("on", "off"))) {
                    case "off" -> Policy.OFF;
                    default -> Policy.ON;
                },
                producer);
    }
}
