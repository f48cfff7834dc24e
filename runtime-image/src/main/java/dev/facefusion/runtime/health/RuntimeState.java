package dev.facefusion.runtime.health;

/// Where the process is in its life. A state says only which tasks it takes; figures are elsewhere.
public sealed interface RuntimeState {

    /// The models are being loaded and warmed up.
    record Starting() implements RuntimeState {}

    /// Tasks are accepted: the models are loaded and have run once.
    record Ready() implements RuntimeState {}

    /// No new tasks; the accepted ones are being finished. The process ends afterwards.
    record Draining() implements RuntimeState {}

    /// The models cannot be loaded. The process stays, so that its health can be read, and does
    /// nothing.
    ///
    /// @param reason for the log; a report does not carry it
    record Failed(String reason) implements RuntimeState {}

    /// True if new tasks are taken.
    default boolean accepting() {
        return this instanceof Ready;
    }
}
