package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.Action;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to do now about sick pods.
///
/// @param ledger to be recorded before any of the actions is done
/// @param deferrals by the pod's name: what is due and not done, and why
/// @param lookAgainAt empty where only a new event can change the plan
public record Plan(
        Ledger ledger,
        List<Action> actions,
        Map<String, Deferral> deferrals,
        Optional<Instant> lookAgainAt) {

    public Plan {
        actions = List.copyOf(actions);
        deferrals = Map.copyOf(deferrals);
    }
}
