package dev.facefusion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {
    private final FaceFusionCluster before = Clusters.withSpec("{}");
    private final FaceFusionCluster now = Clusters.withSpec("{}");

    @Test
    void matterInTheSpec() {
        // given
        now.getMetadata().setGeneration(2L);

        // then
        assertThat(Changes.matter(now, before)).isTrue();
    }

    @Test
    void matterAtTheEnd() {
        // given
        now.getMetadata().setDeletionTimestamp("2026-06-01T11:00:00Z");

        // then
        assertThat(Changes.matter(now, before)).isTrue();
    }

    @Test
    void doNotMatterInTheStatus() {
        // given
        now.getMetadata().setResourceVersion("2");

        // then
        assertThat(Changes.matter(now, before)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "facefusion.dev/paused, true",
        "facefusion.dev/restartedAt, true",
        "example.com/seen, false"
    })
    void matterInTheAnnotationsThatSteer(String annotation, boolean matters) {
        // given
        now.getMetadata().setAnnotations(Map.of(annotation, "true"));

        // then
        assertThat(Changes.matter(now, before)).isEqualTo(matters);
    }
}
