package dev.facefusion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.crds.v1alpha1.Conditions;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.operator.act.Notice;
import dev.facefusion.operator.act.Notice.Level;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final UnhealthyPod HANGS =
            new UnhealthyPod(
                    "a", "node-1", "HealthUnreachable", "2026-06-01T12:00:00Z", null, null);

    @Test
    void tellsOfANewReasonOfReady() {
        // when
        var notices = Transitions.between(status("Progressing"), status("Ready"));

        // then
        assertThat(notices).containsExactly(Notice.of(Level.NORMAL, "Ready", "as it is"));
    }

    @Test
    void tellsOfAPodThatHasBecomeUnhealthy() {
        // when
        var notices = Transitions.between(status("Ready"), status("Ready", HANGS));

        // then
        assertThat(notices)
                .containsExactly(
                        Notice.about(
                                "a",
                                Level.WARNING,
                                "HealthUnreachable",
                                "Pod a on node node-1: A pod does not answer for its health."));
    }

    @Test
    void doesNotRepeatItself() {
        assertThat(Transitions.between(status("Degraded", HANGS), status("Degraded", HANGS)))
                .isEmpty();
    }

    private static FaceFusionClusterStatus status(String readyReason, UnhealthyPod... pods) {
        var ready =
                new ConditionBuilder()
                        .withType(Conditions.READY)
                        .withStatus("Ready".equals(readyReason) ? "True" : "False")
                        .withReason(readyReason)
                        .withMessage("as it is")
                        .build();
        return new FaceFusionClusterStatus(
                1L,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(pods),
                null,
                List.of(ready));
    }
}
