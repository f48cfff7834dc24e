package dev.facefusion.runtime.health;

/// Where the process is in its life. A state says only which tasks it takes; figures are elsewhere.
public sealed interface RuntimeState {

    /// The models are being loaded and warmed up.
    record Starting() implements RuntimeState {}

    /// Tasks are accepted: the models are loaded and have run once.
    record Ready() implements RuntimeState {}

    /// Tasks are still accepted, but nobody should send one: the callers need a moment to learn
    /// that this process is about to drain.
    record Leaving() implements RuntimeState {}

    /// No new tasks; the accepted ones are being finished, or are finished.
    record Draining() implements RuntimeState {}

    /// The models cannot be loaded. The process stays, so that its health can be read, and does
    /// nothing.
    ///
    /// @param reason for the log; a report does not carry it
    record Failed(String reason) implements RuntimeState {}

    /// True if new tasks are taken.
    default boolean accepting() {
        return this instanceof Ready || this instanceof Leaving;
    }

    /// True if tasks should be sent here.
    default boolean ready() {
        return this instanceof Ready;
    }

    /// True if it is on its way out.
    default boolean draining() {
        return this instanceof Leaving || this instanceof Draining;
    }
}
