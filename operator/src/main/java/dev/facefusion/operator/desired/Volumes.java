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

/// A scratch folder, since the root file system is read-only, and the models where they are not in
/// the image.
final class Volumes {
    static final String MODELS_PATH = "/models";

    private static final String MODELS = "models";
    private static final String SCRATCH = "tmp";
    private static final Quantity SCRATCH_LIMIT = new Quantity("1Gi");

    private Volumes() {}

    static List<Volume> of(ModelSource models) {
        return Stream.concat(modelVolume(models).stream(), Stream.of(scratch())).toList();
    }

    static List<VolumeMount> mountsOf(ModelSource models) {
        var scratch = new VolumeMountBuilder().withName(SCRATCH).withMountPath("/tmp").build();
        return Stream.concat(modelMount(models).stream(), Stream.of(scratch)).toList();
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

    private static Volume scratch() {
        return new VolumeBuilder()
                .withName(SCRATCH)
                .withNewEmptyDir()
                .withSizeLimit(SCRATCH_LIMIT)
                .endEmptyDir()
                .build();
    }
}
