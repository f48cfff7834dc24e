package dev.facefusion.operator.act;

/// Something to tell people about a cluster.
///
/// @param reason CamelCase
/// @param action what is done about it, CamelCase
/// @param pod the name of the pod that it is about; empty where it is about no single one
public record Notice(Level level, String reason, String action, String pod, String message) {
    /// Done about nothing: only said.
    private static final String REPORT = "Report";

    public static Notice of(Level level, String reason, String message) {
        return new Notice(level, reason, REPORT, "", message);
    }

    public static Notice about(String pod, Level level, String reason, String message) {
        return new Notice(level, reason, REPORT, pod, message);
    }

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
