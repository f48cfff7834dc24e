package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.ModelSource;
import dev.facefusion.operator.desired.WorkloadSettings.ModelSource.Bundled;
import dev.facefusion.operator.desired.WorkloadSettings.ModelSource.Claim;
import dev.facefusion.operator.desired.WorkloadSettings.ModelSource.OciImage;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Folders to write to, since the root file system is read-only; the models where they are not in
/// the image; and what it takes to read the cluster's keys where somebody may manage the pod.
final class Volumes {
    static final String MODELS_PATH = "/models";
    static final String WORK_PATH = "/work";

    private static final String MODELS = "models";
    private static final String SCRATCH = "tmp";
    private static final Quantity SCRATCH_LIMIT = new Quantity("1Gi");
    private static final String WORK = "work";

    /// The runtime's budgets for uploads and for jobs, 2 GiB each, and room for its journal.
    private static final Quantity WORK_LIMIT = new Quantity("5Gi");

    private static final String API_ACCESS = "kube-api-access";

    /// Where programs in a pod look for it.
    private static final String API_ACCESS_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final long API_TOKEN_SECONDS = 3600;

    private Volumes() {}

    static List<Volume> of(WorkloadSettings settings) {
        return Stream.of(
                        modelVolume(settings.models()).stream(),
                        settings.operator().map(_ -> apiAccess()).stream(),
                        Stream.of(folder(SCRATCH, SCRATCH_LIMIT), folder(WORK, WORK_LIMIT)))
                .flatMap(volumes -> volumes)
                .toList();
    }

    static List<VolumeMount> mountsOf(WorkloadSettings settings) {
        return Stream.of(
                        modelMount(settings.models()).stream(),
                        settings.operator().map(_ -> apiAccessMount()).stream(),
                        Stream.of(mount(SCRATCH, "/tmp"), mount(WORK, WORK_PATH)))
                .flatMap(mounts -> mounts)
                .toList();
    }

    private static Optional<Volume> modelVolume(ModelSource models) {
        return switch (models) {
            case Bundled _ -> Optional.empty();
            case Claim(var name, _) ->
                    Optional.of(
                            new VolumeBuilder()
                                    .withName(MODELS)
                                    .withNewPersistentVolumeClaim(name, true)
                                    .build());
            case OciImage(var reference, var pullPolicy) ->
                    Optional.of(
                            new VolumeBuilder()
                                    .withName(MODELS)
                                    .withNewImage(pullPolicy.orElse(null), reference)
                                    .build());
        };
    }

    private static Optional<VolumeMount> modelMount(ModelSource models) {
        return switch (models) {
            case Bundled _ -> Optional.empty();
            case Claim(_, var subPath) -> Optional.of(modelMount(subPath));
            case OciImage _ -> Optional.of(modelMount(""));
        };
    }

    private static VolumeMount modelMount(String subPath) {
        return new VolumeMountBuilder()
                .withName(MODELS)
                .withMountPath(MODELS_PATH)
                .withSubPath(subPath.isEmpty() ? null : subPath)
                .withReadOnly(true)
                .build();
    }

    private static Volume folder(String name, Quantity limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(limit)
                .endEmptyDir()
                .build();
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }

    /// What the admission controller would mount, but for the namespace, which nobody needs.
    private static Volume apiAccess() {
        return new VolumeBuilder()
                .withName(API_ACCESS)
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken(null, API_TOKEN_SECONDS, "token")
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("kube-root-ca.crt")
                .addNewItem("ca.crt", null, "ca.crt")
                .endConfigMap()
                .endSource()
                .endProjected()
                .build();
    }

    private static VolumeMount apiAccessMount() {
        return new VolumeMountBuilder()
                .withName(API_ACCESS)
                .withMountPath(API_ACCESS_PATH)
                .withReadOnly(true)
                .build();
    }
}
