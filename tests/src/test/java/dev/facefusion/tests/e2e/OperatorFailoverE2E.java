package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.tests.cluster.AuditLog;
import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.OperatorRelease;
import dev.facefusion.tests.cluster.TestCluster;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class OperatorFailoverE2E {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorFailoverE2E.class);
    private static final Duration HANDOVER = Duration.ofSeconds(20);

    private final TestCluster cluster;
    private final TestNamespace namespace;
    private final OperatorRelease operator;

    OperatorFailoverE2E(TestCluster cluster, TestNamespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
        this.operator = cluster.operator();
    }

    @AfterAll
    void goBackToOneOperator() {
        operator.install();
    }

    @Test
    void convergesAfterARestartAndRepeatsNothing() {
        // given
        Fleet fleet = Fleet.create(namespace, "steady", 1);
        fleet.awaitReady();
        List<String> objects = fleet.objects();
        AuditLog before = cluster.audit();
        String killed = leader();
        int restarts = operator.restarts(killed);

        // when
        operator.kill(killed);

        // then
        eventually(() -> assertThat(operator.restarts(killed)).isEqualTo(restarts + 1));
        fleet.scale(2);
        fleet.awaitReady();
        assertThat(fleet.objects()).containsAll(objects);
        assertThat(cluster.audit().writesSince(before, namespace.name()))
                .filteredOn(request -> !request.resource().equals("facefusionclusters"))
                .filteredOn(request -> !request.resource().equals("events"))
                .singleElement()
                .satisfies(write -> assertThat(write.resource()).isEqualTo("deployments"));
    }

    @Test
    void isFollowedByTheOtherOperatorWhenTheLeaderIsLost() {
        // given
        operator.runReplicas(2);
        eventually(() -> assertThat(operator.pods()).hasSize(2).anyMatch(this::leads));
        String killed = leader();

        // when
        long killedAt = System.nanoTime();
        operator.lose(killed);
        Fleet fleet = Fleet.create(namespace, "next", 0);

        // then
        await().atMost(HANDOVER)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> fleet.deployment().get() != null);
        LOG.atInfo()
                .addKeyValue("milliseconds", (System.nanoTime() - killedAt) / 1_000_000)
                .log("The next leader reconciled");
        assertThat(leader()).isNotEqualTo(killed);
    }

    private boolean leads(Pod pod) {
        return pod.getMetadata().getName().equals(leader());
    }

    private String leader() {
        return operator.leader().orElse("");
    }
}
