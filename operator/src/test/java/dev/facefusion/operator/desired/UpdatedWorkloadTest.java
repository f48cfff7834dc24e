package dev.facefusion.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.Update;
import dev.facefusion.operator.reconcile.Clusters;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdatedWorkloadTest {
    private static final Update KEPT = new Update(false, true, false);
    private static final Update IN_PLACE = new Update(false, false, true);

    private final Workload live =
            Workload.of(Clusters.settings(Clusters.withSpec("{runtime: {concurrency: 2}}")));

    @Test
    void keepsTheLiveTemplateAndAppliesTheRest() {
        // given
        var settings = Clusters.settings(Clusters.withSpec("{replicas: 3}"));

        // when
        var spec = spec(Workload.of(settings, KEPT, Optional.of(live.deployment())));

        // then
        assertThat(spec.getTemplate()).isEqualTo(spec(live).getTemplate());
        assertThat(spec.getReplicas()).isEqualTo(3);
    }

    @Test
    void isAtRestWithAKeptTemplateWhateverOthersDoToIt() {
        // given
        var settings = Clusters.settings(Clusters.withSpec("{}"));
        var kept = Workload.of(settings, KEPT, Optional.of(live.deployment())).deployment();
        kept.getSpec().getTemplate().getSpec().setPriorityClassName("high");

        // when
        var again = Workload.of(settings, KEPT, Optional.of(kept));

        // then
        assertThat(Fingerprint.matches(kept, again.deployment())).isTrue();
    }

    @Test
    void bringsTheTemplateAfterAllOnceItIsNoLongerKept() {
        // given
        var settings = Clusters.settings(Clusters.withSpec("{}"));
        var kept = Workload.of(settings, KEPT, Optional.of(live.deployment())).deployment();

        // when
        var applied = Workload.of(settings, Update.PLAIN, Optional.of(kept));

        // then
        assertThat(Fingerprint.matches(kept, applied.deployment())).isFalse();
    }

    @Test
    void goesInPlaceByAsManyAsMayBeAway() {
        // given
        var settings =
                Clusters.settings(
                        Clusters.withSpec("{update: {maxSurge: Auto, maxUnavailable: 3}}"));

        // when
        var strategy =
                spec(Workload.of(settings, IN_PLACE, Optional.empty()))
                        .getStrategy()
                        .getRollingUpdate();

        // then
        assertThat(strategy.getMaxSurge()).isEqualTo(new IntOrString(0));
        assertThat(strategy.getMaxUnavailable()).isEqualTo(new IntOrString(3));
    }

    @Test
    void marksPodsWithTheirRevision() {
        // given
        var settings = Clusters.settings(Clusters.withSpec("{}"));

        // when
        var template = spec(Workload.of(settings)).getTemplate();

        // then
        assertThat(Revisions.rendered(template.getMetadata()))
                .contains(Revisions.rendered(settings));
    }

    @Test
    void isTheSameRevisionWhateverTheNumberOfPods() {
        // given
        var two = Clusters.settings(Clusters.withSpec("{replicas: 2}"));
        var nine = Clusters.settings(Clusters.withSpec("{replicas: 9, update: {maxSurge: 3}}"));

        // then
        assertThat(Revisions.rendered(two)).isEqualTo(Revisions.rendered(nine));
    }

    private static DeploymentSpec spec(Workload workload) {
        return workload.deployment().getSpec();
    }
}
