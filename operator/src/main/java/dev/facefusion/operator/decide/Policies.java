package dev.facefusion.operator.decide;

import dev.facefusion.operator.decide.remediation.RemediationPolicy;
import dev.facefusion.operator.decide.scaling.ScalingPolicy;
import java.util.Optional;

/// How one cluster's pods are judged, treated and counted.
///
/// @param scaling empty where somebody else decides the number of pods
public record Policies(
        HealthPolicy health, RemediationPolicy remediation, Optional<ScalingPolicy> scaling) {}
