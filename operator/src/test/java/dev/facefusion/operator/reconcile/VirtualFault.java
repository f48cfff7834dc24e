package dev.facefusion.operator.reconcile;

import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.Poll;
import java.time.Duration;
import java.time.Instant;

/// What is wrong with a virtual pod.
///
/// @param cure what makes it go away
record VirtualFault(Kind kind, Cure cure, Instant since) {
    static final VirtualFault NONE = new VirtualFault(Kind.NONE, Cure.RESTART, Instant.EPOCH);

    enum Kind {
        NONE,
        /// Work in flight no longer moves.
        HANGS,
        /// Takes connections and never answers.
        MUTE,
        /// Its address does not answer at all.
        DARK,
        /// Runs on the CPU.
        FALLBACK,
        /// Its GPU's memory fills.
        FILLS
    }

    enum Cure {
        RESTART,
        REPLACEMENT,
        ANOTHER_NODE
    }

    boolean hangs() {
        return kind == Kind.HANGS;
    }

    boolean fallsBack() {
        return kind == Kind.FALLBACK;
    }

    /// Can't be told anything.
    boolean deaf() {
        return kind == Kind.MUTE || kind == Kind.DARK;
    }

    VirtualFault afterRestart() {
        return cure == Cure.RESTART ? NONE : this;
    }

    int seconds(Instant now) {
        return Math.toIntExact(Duration.between(since, now).toSeconds());
    }

    Poll poll(HealthReport report, Instant now) {
        return switch (kind) {
            case NONE, HANGS, FALLBACK, FILLS -> new Poll.Answered(report);
            case MUTE -> new Poll.ReadTimedOut();
            case DARK -> new Poll.ConnectTimedOut();
        };
    }
}
