package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.BlockedBy;
import dev.facefusion.operator.decide.Reason;

/// A step that is due and not done.
public record Deferral(Step step, Reason reason, BlockedBy blockedBy) {}
