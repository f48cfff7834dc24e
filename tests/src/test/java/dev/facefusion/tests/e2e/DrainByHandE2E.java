package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

/// A real pod is drained and taken back by an annotation: the operator's token opens the runtime's
/// management port, and the process obeys.
@ClusterTest
class DrainByHandE2E {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final TestNamespace namespace;

    DrainByHandE2E(TestNamespace namespace) {
        this.namespace = namespace;
    }

    @Test
    void takesAPodOutOfServiceAndBack() {
        // given
        var fleet = Fleet.create(namespace, "drained", 1);
        fleet.awaitReady();
        String name = fleet.pods().getFirst().getMetadata().getName();

        // when
        annotate(name, "\"by hand\"");

        // then
        eventually(() -> {
            assertThat(PodFacts.of(fleet)).containsExactly(new PodFacts(false, false, 0));
            assertThat(fleet.status().drainingReplicas()).isOne();
        });

        // when
        annotate(name, "null");

        // then
        eventually(() -> {
            assertThat(fleet.pods().getFirst().getMetadata().getName()).isEqualTo(name);
            assertThat(PodFacts.of(fleet)).containsExactly(new PodFacts(true, true, 1));
        });
    }

    private void annotate(String pod, String value) {
        namespace
                .client()
                .pods()
                .inNamespace(namespace.name())
                .withName(pod)
                .patch(
                        MERGE,
                        "{\"metadata\": {\"annotations\": {\"facefusion.dev/drain\": %s}}}"
                                .formatted(value));
    }
}
