package dev.facefusion.operator.desired;

import dev.facefusion.operator.decide.Part;
import dev.facefusion.operator.decide.Update;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Optional;

/// The objects that one cluster asks for.
public record Workload(
        Deployment deployment,
        Service service,
        PodDisruptionBudget disruptionBudget,
        Optional<NetworkPolicy> networkPolicy) {

    /// As the settings say.
    public static Workload of(WorkloadSettings settings) {
        return of(settings, Update.PLAIN, Optional.empty());
    }

    /// As the settings say, and as the update lets them reach the pods.
    ///
    /// @param live the Deployment whose template the update may keep
    public static Workload of(WorkloadSettings settings, Update update, Optional<Deployment> live) {
        return new Workload(
                deployment(settings, update, live),
                Fingerprint.stamp(ServiceTemplate.of(settings)),
                Fingerprint.stamp(DisruptionBudgetTemplate.of(settings)),
                settings.guardedFor()
                        .map(operator -> NetworkPolicyTemplate.of(settings, operator))
                        .map(Fingerprint::stamp));
    }

    /// The stamp is that of the template which is held back: what others do to the live one
    /// meanwhile is neither noticed nor undone.
    private static Deployment deployment(
            WorkloadSettings settings, Update update, Optional<Deployment> live) {
        var deployment = Fingerprint.stamp(DeploymentTemplate.of(settings, update.inPlace()));
        live.filter(_ -> update.keepsTemplate())
                .map(kept -> kept.getSpec().getTemplate())
                .ifPresent(deployment.getSpec()::setTemplate);
        return deployment;
    }

    /// Empty for a part that is not wanted.
    public Optional<? extends HasMetadata> part(Part part) {
        return switch (part) {
            case DEPLOYMENT -> Optional.of(deployment);
            case SERVICE -> Optional.of(service);
            case DISRUPTION_BUDGET -> Optional.of(disruptionBudget);
            case NETWORK_POLICY -> networkPolicy;
        };
    }
}
