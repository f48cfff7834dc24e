package dev.facefusion.operator.decide.remediation;

import java.time.Duration;

/// A step of the ladder, and how long it may take until a healthy pod is there.
public record Rung(Step step, Duration timeout) {}
