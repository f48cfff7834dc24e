package dev.facefusion.operator.desired;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The marks by which a template and its pods are known again, and why the template is as it is.
public final class Revisions {
    private Revisions() {}

    /// Of the template that these settings make.
    public static String rendered(WorkloadSettings settings) {
        return Fingerprint.digest(PodTemplate.of(settings));
    }

    /// That a pod, or the template of pods, bears.
    public static Optional<String> rendered(ObjectMeta metadata) {
        return annotation(metadata, Annotations.REVISION);
    }

    /// Of the user's wishes for which the Deployment's template was made.
    public static Optional<String> requested(Deployment deployment) {
        return annotation(deployment.getMetadata(), Annotations.REQUESTED);
    }

    static PodTemplateSpec mark(PodTemplateSpec template) {
        var metadata = template.getMetadata();
        var annotations = new HashMap<>(metadata.getAnnotations());
        annotations.put(Annotations.REVISION, Fingerprint.digest(template));
        metadata.setAnnotations(annotations);
        return template;
    }

    private static Optional<String> annotation(ObjectMeta metadata, String name) {
        var annotations =
                Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of());
        return Optional.ofNullable(annotations.get(name));
    }
}
