package dev.facefusion.operator.desired;

import dev.facefusion.crds.v1alpha1.SchedulingSpec;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;

/// The pod: under the restricted pod security standard. Its token for the Kubernetes API has no
/// right there but to read by which keys the operator is known.
final class PodTemplate {
    private static final long USER = 65532;

    /// The runtime drains for up to 100 s after `RuntimeContainer.ENDPOINT_GRACE`; the rest is
    /// slack.
    private static final long TERMINATION_GRACE_SECONDS = 120;

    private PodTemplate() {}

    static PodTemplateSpec of(WorkloadSettings settings) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Labels.ofPod(settings.owner()))
                .endMetadata()
                .withSpec(scheduled(spec(settings), settings.scheduling()))
                .build();
    }

    private static PodSpec spec(WorkloadSettings settings) {
        return new PodSpecBuilder()
                .withContainers(RuntimeContainer.of(settings))
                .withVolumes(Volumes.of(settings))
                .withImagePullSecrets(
                        settings.image().pullSecrets().stream()
                                .map(LocalObjectReference::new)
                                .toList())
                .withSecurityContext(securityContext())
                .withAutomountServiceAccountToken(false)
                // A Service named "api" would otherwise set API_PORT in every pod beside it.
                .withEnableServiceLinks(false)
                .withTerminationGracePeriodSeconds(TERMINATION_GRACE_SECONDS)
                .build();
    }

    private static PodSpec scheduled(PodSpec spec, SchedulingSpec scheduling) {
        spec.setNodeSelector(scheduling.nodeSelector());
        spec.setTolerations(scheduling.tolerations());
        spec.setAffinity(scheduling.affinity());
        spec.setTopologySpreadConstraints(scheduling.topologySpreadConstraints());
        spec.setPriorityClassName(scheduling.priorityClassName());
        spec.setRuntimeClassName(scheduling.runtimeClassName());
        return spec;
    }

    private static PodSecurityContext securityContext() {
        return new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }
}
