package dev.facefusion.runtime.management;

import java.util.concurrent.CompletableFuture;

/// Other models in the place of those that serve, as others may bring it about.
public interface ModelReload {

    /// Begins to read the models again, unless that is under way, and returns at once.
    ///
    /// @return [Outcome.Loaded], [Outcome.Refused] or [Outcome.Unready], as soon as it is known
    CompletableFuture<Outcome> begin();

    /// What came of the last one that was begun.
    Outcome last();

    /// What came of it.
    sealed interface Outcome {

        /// Nobody asked yet.
        record None() implements Outcome {}

        /// Not known yet: those from before serve.
        record Loading() implements Outcome {}

        /// They serve.
        ///
        /// @param digest over all of them
        record Loaded(String digest) implements Outcome {}

        /// They cannot be used: those from before serve.
        ///
        /// @param reason one or two sentences, with the remedy
        record Refused(String reason) implements Outcome {}

        /// This process does not serve, so that there is nothing to be replaced.
        record Unready() implements Outcome {}
    }
}
