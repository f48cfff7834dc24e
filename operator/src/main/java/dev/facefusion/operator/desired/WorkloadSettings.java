package dev.facefusion.operator.desired;

import dev.facefusion.crds.v1alpha1.SchedulingSpec;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the workload of one cluster depends on, with every default filled in.
///
/// @param replicas 0 while suspended
/// @param operator whom the pods obey, as tokens name it; nobody, if empty
/// @param guardedFor who may reach the pods' management port; everybody, if empty
/// @param scheduling handed to the pod template as it is
public record WorkloadSettings(
        Owner owner,
        int replicas,
        Image image,
        Inference inference,
        Resources resources,
        Gpu gpu,
        ModelSource models,
        SchedulingSpec scheduling,
        Service service,
        Optional<String> operator,
        Optional<OperatorPods> guardedFor,
        Timeouts timeouts,
        Replacement replacement,
        Request request) {

    public WorkloadSettings {
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas must be at least 0, got " + replicas);
        }
    }

    /// The custom resource that owns the objects.
    public record Owner(
            String apiVersion, String kind, String namespace, String name, String uid) {}

    /// The runtime's container image.
    ///
    /// @param reference repository with tag or digest
    /// @param pullPolicy empty for Kubernetes' own default
    public record Image(String reference, Optional<String> pullPolicy, List<String> pullSecrets) {
        public Image {
            pullSecrets = List.copyOf(pullSecrets);
        }
    }

    /// How each pod runs inference.
    ///
    /// @param executionProviders in order of preference
    /// @param env the user's own variables, in the user's order: one may refer to an earlier one
    public record Inference(
            List<String> executionProviders,
            int concurrency,
            int executionThreads,
            int queueCapacity,
            List<EnvVar> env) {
        public Inference {
            executionProviders = List.copyOf(executionProviders);
            env = List.copyOf(env);
        }
    }

    /// CPU and memory; GPUs are apart.
    public record Resources(Map<String, Quantity> requests, Map<String, Quantity> limits) {
        public Resources {
            requests = Map.copyOf(requests);
            limits = Map.copyOf(limits);
        }
    }

    /// The GPUs of each pod.
    ///
    /// @param count 0 runs on the CPU
    public record Gpu(int count, String resourceName) {}

    /// Where the models come from.
    public sealed interface ModelSource {
        /// The runtime image's own.
        record Bundled() implements ModelSource {}

        /// A volume's folder.
        ///
        /// @param subPath empty for the volume's root
        record Claim(String name, String subPath) implements ModelSource {}

        /// An OCI image that is mounted, not run.
        ///
        /// @param pullPolicy empty for Kubernetes' own default
        record OciImage(String reference, Optional<String> pullPolicy) implements ModelSource {}
    }

    /// The operator's own pods, as a network policy selects them.
    public record OperatorPods(String namespace, Map<String, String> labels) {
        public OperatorPods {
            labels = Map.copyOf(labels);
        }
    }

    /// How long a pod may take.
    ///
    /// @param startup from its container's start until its models are loaded
    /// @param stall of a task, without progress
    /// @param drain to finish its work before it ends
    public record Timeouts(Duration startup, Duration stall, Duration drain) {}

    /// How pods are replaced.
    ///
    /// @param maxSurge pods beyond the wanted ones; empty to begin with one and go on in place
    ///   where no node takes it
    /// @param maxUnavailable pods that may be away at once while the fleet goes on in place
    /// @param maxDisrupted pods that voluntary disruptions may take at once
    public record Replacement(
            Optional<IntOrString> maxSurge,
            IntOrString maxUnavailable,
            Duration progressDeadline,
            IntOrString maxDisrupted) {}

    /// What the user asks of the pods, apart from what the operator adds.
    ///
    /// @param digest differs where the user has asked for something else
    /// @param restartedAt the user's mark for a restart of every pod
    public record Request(String digest, Optional<String> restartedAt) {}

    public record Service(String type, Map<String, String> annotations) {
        public Service {
            annotations = Map.copyOf(annotations);
        }
    }
}
