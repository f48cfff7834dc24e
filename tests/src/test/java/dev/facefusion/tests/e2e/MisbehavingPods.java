package dev.facefusion.tests.e2e;

import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestNamespace;
import dev.facefusion.tests.misbehaviour.MisbehavingRuntime;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;

/// Pods that bear a fleet's labels, so that the operator watches over them, and run
/// [MisbehavingRuntime] from a ConfigMap on the runtime image's Java.
final class MisbehavingPods {
    private static final String PROGRAM = "misbehaving-runtime";
    private static final String CLASS_FILE =
            MisbehavingRuntime.class.getName().replace('.', '/') + ".class";

    private final TestNamespace namespace;
    private final Pod wellBehaved;

    MisbehavingPods(TestNamespace namespace, Fleet fleet) {
        this.namespace = namespace;
        this.wellBehaved = fleet.pods().getFirst();
        namespace.create(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(PROGRAM)
                        .endMetadata()
                        .addToBinaryData(PROGRAM, program())
                        .build());
    }

    static String name(String behaviour) {
        return "misbehaving-" + behaviour;
    }

    /// @param behaviour an argument that [MisbehavingRuntime] knows
    void add(String behaviour) {
        var labels = wellBehaved.getMetadata().getLabels();
        Pod pod =
                new PodBuilder()
                        .withNewMetadata()
                        .withName(name(behaviour))
                        .addToLabels(labels)
                        // Without the hash no ReplicaSet takes the pod for one of its own.
                        .removeFromLabels("pod-template-hash")
                        .endMetadata()
                        .withSpec(wellBehaved.getSpec())
                        .editSpec()
                        .withNodeName(null)
                        .withContainers(container(behaviour))
                        .addNewVolume()
                        .withName(PROGRAM)
                        .withNewConfigMap()
                        .withName(PROGRAM)
                        .addNewItem(PROGRAM, null, CLASS_FILE)
                        .endConfigMap()
                        .endVolume()
                        .endSpec()
                        .build();
        namespace.create(pod);
    }

    private Container container(String behaviour) {
        return new ContainerBuilder(wellBehaved.getSpec().getContainers().getFirst())
                .withCommand("java", "-cp", "/" + PROGRAM, MisbehavingRuntime.class.getName())
                .withArgs(behaviour)
                .withStartupProbe(null)
                .withReadinessProbe(null)
                .withLivenessProbe(null)
                .addNewVolumeMount()
                .withName(PROGRAM)
                .withMountPath("/" + PROGRAM)
                .endVolumeMount()
                .build();
    }

    private static String program() {
        try (InputStream classFile =
                MisbehavingRuntime.class.getResourceAsStream("MisbehavingRuntime.class")) {
            if (classFile == null) {
                throw new IllegalStateException("the tests' own class file is missing");
            }
            return Base64.getEncoder().encodeToString(classFile.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tests' own class file", e);
        }
    }
}
