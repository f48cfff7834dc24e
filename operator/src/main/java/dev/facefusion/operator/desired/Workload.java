package dev.facefusion.operator.desired;

import dev.facefusion.operator.decide.Part;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

/// The objects that one cluster asks for.
public record Workload(
        Deployment deployment, Service service, PodDisruptionBudget disruptionBudget) {

    public static Workload of(WorkloadSettings settings) {
        return new Workload(
                Fingerprint.stamp(DeploymentTemplate.of(settings)),
                Fingerprint.stamp(ServiceTemplate.of(settings)),
                Fingerprint.stamp(DisruptionBudgetTemplate.of(settings)));
    }

    public HasMetadata part(Part part) {
        return switch (part) {
            case DEPLOYMENT -> deployment;
            case SERVICE -> service;
            case DISRUPTION_BUDGET -> disruptionBudget;
        };
    }
}
