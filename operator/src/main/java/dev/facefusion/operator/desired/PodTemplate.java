package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.Request;
import dev.facefusion.operator.desired.WorkloadSettings.Timeouts;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The pod: under the restricted pod security standard. Its token for the Kubernetes API has no
/// right there but to read by which keys the operator is known.
final class PodTemplate {
    private static final long USER = 65532;

    /// For a task that hangs to be given up, and the process to close.
    private static final Duration CLOSING = Duration.ofSeconds(15);

    private PodTemplate() {}

    static PodTemplateSpec of(WorkloadSettings settings) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(Labels.ofPod(settings.owner()))
                .withAnnotations(restart(settings.request()))
                .endMetadata()
                .withSpec(scheduled(spec(settings), settings))
                .build();
    }

    /// Whatever deletes a pod waits for its work, and no longer than this.
    private static Duration terminationGrace(Timeouts timeouts) {
        return RuntimeContainer.ENDPOINT_GRACE.plus(timeouts.drain()).plus(CLOSING);
    }

    private static Map<String, String> restart(Request request) {
        return request.restartedAt()
                .map(at -> Map.of(Annotations.RESTARTED_AT, at))
                .orElse(Map.of());
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
                .withTerminationGracePeriodSeconds(
                        terminationGrace(settings.timeouts()).toSeconds())
                .build();
    }

    private static PodSpec scheduled(PodSpec spec, WorkloadSettings settings) {
        var scheduling = settings.scheduling();
        spec.setNodeSelector(scheduling.nodeSelector());
        spec.setTolerations(scheduling.tolerations());
        spec.setAffinity(
                AvoidedNodes.in(Optional.ofNullable(scheduling.affinity()), settings.owner()));
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
