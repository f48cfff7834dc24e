package dev.facefusion.operator.reconcile;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.desired.WorkloadSettings;
import dev.facefusion.operator.desired.WorkloadSettings.OperatorPods;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.Optional;

/// Custom resources to start test cases from.
public final class Clusters {
    static final Installation INSTALLATION =
            new Installation(
                    "registry.example/facefusion-runtime:1",
                    Optional.of("system:serviceaccount:facefusion-system:facefusion-operator"),
                    Optional.of(
                            new OperatorPods(
                                    "facefusion-system",
                                    Map.of("app.kubernetes.io/name", "facefusion-operator"))));

    private Clusters() {}

    /// A cluster that asks for this.
    ///
    /// @param spec YAML on one line
    public static FaceFusionCluster withSpec(String spec) {
        return Serialization.unmarshal(
                """
                apiVersion: facefusion.dev/v1alpha1
                kind: FaceFusionCluster
                metadata: {name: studio, namespace: media, uid: 0b7d1c1e, generation: 1}
                spec: %s
                """
                        .formatted(spec),
                FaceFusionCluster.class);
    }

    public static WorkloadSettings settings(FaceFusionCluster cluster) {
        return ClusterSettings.of(cluster, INSTALLATION).workload();
    }
}
