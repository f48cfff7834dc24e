package dev.facefusion.operator.act;

import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.stream.Stream;

/// The time from a namespace's deletion until its last object is gone: nothing can be created
/// there.
final class NamespaceDeletion {
    /// The cause that the API server's admission gives (`corev1.NamespaceTerminatingCause`).
    private static final String CAUSE = "NamespaceTerminating";

    private NamespaceDeletion() {}

    static boolean forbids(KubernetesClientException refusal) {
        return Stream.ofNullable(refusal.getStatus())
                .flatMap(status -> Stream.ofNullable(status.getDetails()))
                .flatMap(details -> Stream.ofNullable(details.getCauses()))
                .flatMap(causes -> causes.stream())
                .map(StatusCause::getReason)
                .anyMatch(CAUSE::equals);
    }
}
