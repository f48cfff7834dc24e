package dev.facefusion.operator.act;

/// Something to tell people about a cluster.
///
/// @param reason CamelCase
public record Notice(Level level, String reason, String message) {
    /// How much it matters.
    public enum Level {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String type;

        Level(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }
    }
}
