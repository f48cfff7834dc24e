package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.remediation.RemediationPolicy;

/// How one cluster's pods are judged and treated.
public record Policies(HealthPolicy health, RemediationPolicy remediation) {}
