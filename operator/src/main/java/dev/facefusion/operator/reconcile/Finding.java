package dev.facefusion.operator.reconcile;

/// A condition without its times.
///
/// @param message free of figures and times, so that it changes only when its meaning does
record Finding(String type, Status status, String reason, String message) {
    enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String value;

        Status(String value) {
            this.value = value;
        }

        String value() {
            return value;
        }
    }
}
