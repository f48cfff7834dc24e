package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.remediation.Ledger;
import dev.facefusion.operator.decide.scaling.ScalingMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is under way about a fleet's pods.
///
/// @param quarantined pods that are kept for a look
/// @param avoided nodes that new replicas are kept off
/// @param refusals until when each eviction that was refused is not tried again, by the pod's UID
/// @param scaling what the last decision on the number of pods left; empty before the first
public record Proceedings(
        Ledger ledger,
        List<QuarantinedPod> quarantined,
        List<AvoidedNode> avoided,
        Map<String, Instant> refusals,
        Optional<ScalingMemory> scaling) {
    public static final Proceedings NONE =
            new Proceedings(Ledger.EMPTY, List.of(), List.of(), Map.of(), Optional.empty());

    public Proceedings {
        quarantined = List.copyOf(quarantined);
        avoided = List.copyOf(avoided);
        refusals = Map.copyOf(refusals);
    }
}
