package dev.facefusion.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.reconcile.Clusters;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedTest {
    private static final String NOTHING = digest("{}");

    /// Another digest for the same wishes would make every version of the operator roll every pod.
    @Test
    void neverChangesFromOneVersionToTheNext() {
        assertThat(NOTHING).isEqualTo("44136fa355b3678a");
        assertThat(
                        digest(
                                "{image: {repository: r, tag: '1'}, runtime: {concurrency: 2, env: [{name: A, value: b}]},"
                                        + " resources: {limits: {memory: 1Gi}}, gpu: {count: 0}, drain: {timeoutSeconds: 60}}"))
                .isEqualTo("dfbf7be5325bf45c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{replicas: 7, suspend: true}",
                "{runtime: {concurrency: 1, executionThreads: 4, queueCapacity: 32}}",
                "{gpu: {count: 1, resourceName: nvidia.com/gpu, sharing: Exclusive}}",
                "{models: {bundled: {}}}",
                "{health: {periodSeconds: 3, startupTimeoutSeconds: 1200}, drain: {timeoutSeconds: 120}}",
                "{update: {maxSurge: 1}, disruption: {maxUnavailable: 2}, service: {type: NodePort}}",
            })
    void isTheSameForWhatChangesNoPod(String spec) {
        assertThat(digest(spec)).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{image: {repository: r, tag: '2'}}",
                "{runtime: {concurrency: 2}}",
                "{runtime: {env: [{name: A, value: b}]}}",
                "{resources: {limits: {memory: 1Gi}}}",
                "{gpu: {count: 2}}",
                "{models: {persistentVolumeClaim: {claimName: models}}}",
                "{scheduling: {nodeSelector: {gpu: a100}}}",
                "{health: {startupTimeoutSeconds: 60}}",
                "{health: {stallTimeoutSeconds: 60}}",
                "{drain: {timeoutSeconds: 60}}",
            })
    void isAnotherForEveryWishThatChangesThePods(String spec) {
        assertThat(digest(spec)).isNotEqualTo(NOTHING);
    }

    @Test
    void isAnotherForAnotherRestart() {
        // given
        var spec = Clusters.withSpec("{}").getSpec();

        // when
        var first = Requested.digest(spec, Optional.of("monday"));
        var second = Requested.digest(spec, Optional.of("tuesday"));

        // then
        assertThat(first).isNotEqualTo(second).isNotEqualTo(NOTHING);
    }

    private static String digest(String spec) {
        return Requested.digest(Clusters.withSpec(spec).getSpec(), Optional.empty());
    }
}
