package dev.facefusion.operator.decide;

import java.util.Optional;

/// Two rules of how a change reaches the pods.
///
/// - A template that differs though the user has asked for nothing else comes from another version
///   of the operator: it waits for the user's next change, where the user has not said otherwise.
/// - Each revision begins with one pod more than wanted. Once the scheduler finds no node for a new
///   pod while old ones run, the rest of that rollout goes in place.
///
/// @param paused by a person
/// @param automatic whether the surge is for the operator to decide
public record UpdatePolicy(boolean paused, OperatorChanges operatorChanges, boolean automatic) {

    /// What to do with a change that comes from the operator alone.
    public enum OperatorChanges {
        DEFER,
        APPLY
    }

    /// What is asked for now.
    ///
    /// @param requested digest of what the user asks for
    /// @param rendered digest of the template that this operator makes of it
    /// @param seen whether an operator has carried out this very spec before
    public record Asked(String requested, String rendered, boolean seen) {}

    /// How to go on from what runs to what is asked.
    ///
    /// @param live empty before the first
    public Update decide(Optional<LiveRevision> live, Asked asked) {
        boolean keeps = live.filter(revision -> keeps(revision, asked)).isPresent();
        return new Update(
                paused,
                keeps,
                live.filter(revision -> keeps || same(revision, asked))
                        .filter(this::inPlace)
                        .isPresent());
    }

    private boolean keeps(LiveRevision live, Asked asked) {
        return operatorChanges == OperatorChanges.DEFER
                && !same(live, asked)
                // An operator that noted nothing has left its work to be taken over as it is.
                && live.requested().map(asked.requested()::equals).orElse(asked.seen());
    }

    private static boolean same(LiveRevision live, Asked asked) {
        return live.rendered().filter(asked.rendered()::equals).isPresent();
    }

    private boolean inPlace(LiveRevision live) {
        return automatic && (live.blocked() || (live.inPlace() && !live.complete()));
    }
}
