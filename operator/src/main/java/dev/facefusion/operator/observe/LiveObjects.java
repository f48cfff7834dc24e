package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Part;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Optional;

/// One cluster's objects as the informers hold them.
public record LiveObjects(
        Optional<Deployment> deployment,
        Optional<Service> service,
        Optional<PodDisruptionBudget> disruptionBudget,
        Optional<NetworkPolicy> networkPolicy,
        List<Pod> pods) {

    Optional<? extends HasMetadata> part(Part part) {
        return switch (part) {
            case DEPLOYMENT -> deployment;
            case SERVICE -> service;
            case DISRUPTION_BUDGET -> disruptionBudget;
            case NETWORK_POLICY -> networkPolicy;
        };
    }
}
