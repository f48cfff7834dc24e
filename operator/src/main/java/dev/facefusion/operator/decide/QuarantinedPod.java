package dev.facefusion.operator.decide;

import java.time.Instant;

/// A pod that is kept for a look: no replica any more, and in nobody's Service.
///
/// @param since when it was quarantined
/// @param reason why, CamelCase
/// @param kept false once a person has taken the annotation away, to have it back in service
/// @param leaving whether its deletion has begun
public record QuarantinedPod(
        PodRef ref, Instant since, String reason, boolean kept, boolean leaving) {}
