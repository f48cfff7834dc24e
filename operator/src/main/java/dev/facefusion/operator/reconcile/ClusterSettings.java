package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.ExecutionProvider;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterSpec;
import dev.facefusion.crds.v1alpha1.GpuSpec;
import dev.facefusion.crds.v1alpha1.ImageSpec;
import dev.facefusion.crds.v1alpha1.ModelsSpec;
import dev.facefusion.crds.v1alpha1.PullPolicy;
import dev.facefusion.crds.v1alpha1.ResourcesSpec;
import dev.facefusion.crds.v1alpha1.RuntimeSpec;
import dev.facefusion.crds.v1alpha1.SchedulingSpec;
import dev.facefusion.crds.v1alpha1.ServiceSpec;
import dev.facefusion.operator.decide.Policies;
import dev.facefusion.operator.decide.UpdatePolicy;
import dev.facefusion.operator.decide.remediation.RemediationPolicy;
import dev.facefusion.operator.decide.scaling.ScalingPolicy;
import dev.facefusion.operator.desired.WorkloadSettings;
import dev.facefusion.operator.desired.WorkloadSettings.Gpu;
import dev.facefusion.operator.desired.WorkloadSettings.Image;
import dev.facefusion.operator.desired.WorkloadSettings.Inference;
import dev.facefusion.operator.desired.WorkloadSettings.ModelSource;
import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import dev.facefusion.operator.desired.WorkloadSettings.Resources;
import dev.facefusion.operator.observe.PollSettings;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The spec as the core understands it: checked, and with every default filled in. The defaults are
/// the CRD's, which an API server may not have filled in for an object older than the field.
record ClusterSettings(
        boolean suspended,
        WorkloadSettings workload,
        PollSettings polling,
        RemediationPolicy remediation,
        Optional<ScalingPolicy> scaling,
        UpdatePolicy update) {

    /// A Service bears the cluster's name.
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    private static final GpuSpec GPU = new GpuSpec(null, null, null);
    private static final RuntimeSpec RUNTIME = new RuntimeSpec(null, null, null, null, null);
    private static final SchedulingSpec SCHEDULING =
            new SchedulingSpec(null, null, null, null, null, null);
    private static final FaceFusionClusterSpec SPEC =
            new FaceFusionClusterSpec(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, null);

    /// @throws InvalidSpecException if the spec can't be carried out
    static ClusterSettings of(FaceFusionCluster cluster, Installation installation) {
        try {
            return parse(cluster, installation);
        } catch (IllegalArgumentException e) {
            throw new InvalidSpecException(requireNonNullElse(e.getMessage(), ""), e);
        }
    }

    private static ClusterSettings parse(FaceFusionCluster cluster, Installation installation) {
        var spec = requireNonNullElse(cluster.getSpec(), SPEC);
        var gpu = requireNonNullElse(spec.gpu(), GPU);
        var polling = HealthSettings.of(spec.health(), gpu.sharing());
        boolean suspended = requireNonNullElse(spec.suspend(), false);
        int gpus = requireNonNullElse(gpu.count(), 1);
        var inference = inference(requireNonNullElse(spec.runtime(), RUNTIME), gpus);
        var scaling =
                ScalingSettings.of(
                        spec, inference.concurrency(), inference.queueCapacity(), polling.period());
        var workload =
                new WorkloadSettings(
                        owner(cluster),
                        suspended ? 0 : replicas(cluster, spec, scaling),
                        image(spec.image(), installation.runtimeImage()),
                        inference,
                        resources(spec.resources()),
                        new Gpu(gpus, requireNonNullElse(gpu.resourceName(), "nvidia.com/gpu")),
                        models(spec.models()),
                        requireNonNullElse(spec.scheduling(), SCHEDULING),
                        service(spec.service()),
                        installation.operator(),
                        RolloutSettings.guarded(spec)
                                ? installation.operatorPods()
                                : Optional.empty(),
                        RolloutSettings.timeouts(spec, polling.policy().timeouts().startup()),
                        RolloutSettings.replacement(spec),
                        RolloutSettings.request(cluster, spec));
        return new ClusterSettings(
                suspended,
                workload,
                polling,
                RemediationSettings.of(spec, polling.period()),
                scaling,
                RolloutSettings.policy(cluster, spec));
    }

    Policies policies() {
        return new Policies(polling.policy(), remediation, scaling);
    }

    /// What the operator itself has decided and written down, where the number is its own.
    private static int replicas(
            FaceFusionCluster cluster,
            FaceFusionClusterSpec spec,
            Optional<ScalingPolicy> scaling) {
        return scaling.map(policy ->
                        Math.clamp(
                                StatusWriter.before(cluster).replicas().orElse(0),
                                policy.minReplicas(),
                                policy.maxReplicas()))
                .orElseGet(() -> requireNonNullElse(spec.replicas(), 1));
    }

    private static Owner owner(FaceFusionCluster cluster) {
        var metadata = cluster.getMetadata();
        if (!NAME.matcher(metadata.getName()).matches()) {
            throw new IllegalArgumentException(
                    "metadata.name is also the Service's: at most 63 lower-case letters, digits and"
                            + " hyphens, the first a letter, the last no hyphen");
        }
        return new Owner(
                cluster.getApiVersion(),
                cluster.getKind(),
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid());
    }

    private static Image image(@Nullable ImageSpec image, String runtimeImage) {
        if (image == null) {
            return new Image(runtimeImage, Optional.empty(), List.of());
        }
        var reference =
                image.digest() != null
                        ? image.repository() + "@" + image.digest()
                        : image.repository() + ":" + requireNonNullElse(image.tag(), "latest");
        var pullSecrets = requireNonNullElse(image.pullSecrets(), List.<ImageSpec.PullSecret>of());
        return new Image(
                reference,
                Optional.ofNullable(image.pullPolicy()).map(PullPolicy::value),
                pullSecrets.stream().map(ImageSpec.PullSecret::name).toList());
    }

    private static Inference inference(RuntimeSpec runtime, int gpus) {
        var providers =
                requireNonNullElse(
                        runtime.executionProviders(),
                        List.of(gpus == 0 ? ExecutionProvider.CPU : ExecutionProvider.CUDA));
        var env = requireNonNullElse(runtime.env(), List.<RuntimeSpec.EnvEntry>of());
        return new Inference(
                providers.stream().map(ExecutionProvider::value).toList(),
                requireNonNullElse(runtime.concurrency(), 1),
                requireNonNullElse(runtime.executionThreads(), 4),
                requireNonNullElse(runtime.queueCapacity(), 32),
                env.stream()
                        .map(entry -> new EnvVar(entry.name(), entry.value(), entry.valueFrom()))
                        .toList());
    }

    private static Resources resources(@Nullable ResourcesSpec resources) {
        return resources == null
                ? new Resources(Map.of(), Map.of())
                : new Resources(
                        requireNonNullElse(resources.requests(), Map.of()),
                        requireNonNullElse(resources.limits(), Map.of()));
    }

    private static ModelSource models(@Nullable ModelsSpec models) {
        if (models != null && models.persistentVolumeClaim() != null) {
            var claim = models.persistentVolumeClaim();
            return new ModelSource.Claim(
                    claim.claimName(), requireNonNullElse(claim.subPath(), ""));
        }
        if (models != null && models.image() != null) {
            var image = models.image();
            return new ModelSource.OciImage(
                    image.reference(),
                    Optional.ofNullable(image.pullPolicy()).map(PullPolicy::value));
        }
        return new ModelSource.Bundled();
    }

    private static WorkloadSettings.Service service(@Nullable ServiceSpec service) {
        var type =
                service == null || service.type() == null
                        ? ServiceSpec.Type.CLUSTER_IP
                        : service.type();
        Map<String, String> annotations =
                service == null || service.annotations() == null ? Map.of() : service.annotations();
        return new WorkloadSettings.Service(type.value(), annotations);
    }
}
