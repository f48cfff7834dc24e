package dev.facefusion.tests.e2e;

import dev.facefusion.tests.cluster.NodeFolder;
import dev.facefusion.tests.cluster.TestCluster;
import dev.facefusion.tests.cluster.TestNamespace;
import dev.facefusion.tests.faults.FaultLibrary;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/// The models of a namespace's fleets, on a volume that is a folder of the cluster's node, and
/// beside them what makes a runtime fail. A fleet has no other volume that a test could write to.
final class ModelVolume {
    /// Of the claim on it.
    static final String NAME = "models";

    private static final String MOUNTED_AT = "/models/";
    private static final Map<String, Quantity> SIZE = Map.of("storage", new Quantity("1Gi"));

    private final NodeFolder folder;

    private ModelVolume(NodeFolder folder) {
        this.folder = folder;
    }

    /// An empty one, and a claim that is bound to it.
    static ModelVolume create(TestCluster cluster, TestNamespace namespace) {
        String volume = namespace.name() + "-models";
        NodeFolder folder = cluster.folder(volume);
        namespace
                .client()
                .resource(
                        new PersistentVolumeBuilder()
                                .withNewMetadata()
                                .withName(volume)
                                .endMetadata()
                                .withNewSpec()
                                .withCapacity(SIZE)
                                .withAccessModes("ReadOnlyMany")
                                .withNewHostPath(folder.path(), "Directory")
                                .endSpec()
                                .build())
                .create();
        namespace.create(
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewSpec()
                        .withVolumeName(volume)
                        .withStorageClassName("")
                        .withAccessModes("ReadOnlyMany")
                        .withNewResources()
                        .withRequests(SIZE)
                        .endResources()
                        .endSpec()
                        .build());
        return new ModelVolume(folder);
    }

    /// Adds the runtime's own models.
    ModelVolume withModels() {
        folder.addAll(Photos.MODELS);
        return this;
    }

    ModelVolume with(FaultLibrary library) {
        folder.add(library.build());
        return this;
    }

    /// Creates or replaces a file.
    void write(String name, String text) {
        folder.write(name, text);
    }

    /// A folder of it.
    ModelVolume folder(String name) {
        return new ModelVolume(folder.folder(name));
    }

    /// Where a pod finds one of its files.
    static String mounted(String name) {
        return MOUNTED_AT + name;
    }
}
