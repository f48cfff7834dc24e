package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/// A pod that does nothing but be on a node, so that the anti-affinity of every replica keeps new
/// ones off it. It is bound to the node directly, past the scheduler, which would not put it beside
/// a replica. It works even while its image can't be pulled, and the kubelet ends it when its time
/// is up, operator or not.
public final class Placeholder {
    private static final long USER = 65532;

    private Placeholder() {}

    /// The placeholder of one cluster on one node.
    ///
    /// @param image one that waits
    public static Pod of(Owner owner, String nodeName, Instant until, Instant now, String image) {
        var metadata =
                ObjectMetadata.of(
                        owner,
                        Map.of(
                                Annotations.AVOID_UNTIL,
                                until.truncatedTo(ChronoUnit.SECONDS).toString()));
        metadata.setName(name(owner.name(), nodeName));
        metadata.getLabels().put(Labels.NAME, Labels.PLACEHOLDER);
        metadata.getLabels().put(Labels.AVOIDED_BY, owner.name());
        return new PodBuilder()
                .withMetadata(metadata)
                .withNewSpec()
                .withNodeName(nodeName)
                .withTolerations(new TolerationBuilder().withOperator("Exists").build())
                .withActiveDeadlineSeconds(Math.max(1, Duration.between(now, until).toSeconds()))
                .withTerminationGracePeriodSeconds(0L)
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("placeholder")
                .withImage(image)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    /// One per cluster and node, so that a second try finds the first.
    private static String name(String cluster, String nodeName) {
        var node = UUID.nameUUIDFromBytes(nodeName.getBytes(StandardCharsets.UTF_8)).toString();
        return "%s-avoid-%s".formatted(cluster, node.substring(0, 8));
    }
}
