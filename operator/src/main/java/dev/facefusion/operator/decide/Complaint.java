package dev.facefusion.operator.decide;

import java.time.Instant;

/// What the status says of a pod, to stand until the pod has been asked anew.
public record Complaint(Reason reason, Instant since) {}
