package dev.facefusion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterSpec;
import dev.facefusion.operator.decide.HealthPolicy;
import dev.facefusion.operator.decide.Latency;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.Thresholds;
import dev.facefusion.operator.decide.Timeouts;
import dev.facefusion.operator.decide.Vram;
import dev.facefusion.operator.decide.VramTrend;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterSettingsTest {
    private static final ObjectMapper YAML = new YAMLMapper();

    @Test
    void fillsInTheDefaultsThatTheApiServerWould() throws IOException {
        // given
        var bare = Clusters.withSpec("{}");
        var defaulted = Clusters.withSpec("{}");
        defaulted.setSpec(YAML.treeToValue(defaults(schema()), FaceFusionClusterSpec.class));

        // when
        var filledIn = ClusterSettings.of(bare, Clusters.INSTALLATION);

        // then
        assertThat(filledIn).isEqualTo(ClusterSettings.of(defaulted, Clusters.INSTALLATION));
    }

    @Test
    void standsForAnAbsentSpec() {
        // given
        var cluster = Clusters.withSpec("{}");
        cluster.setSpec(null);

        // when
        var settings = ClusterSettings.of(cluster, Clusters.INSTALLATION);

        // then
        assertThat(settings.workload().image().reference())
                .isEqualTo(Clusters.INSTALLATION.runtimeImage());
        assertThat(settings.workload().replicas()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"0, cpu", "1, cuda"})
    void prefersTheProviderThatTheGpusSuggest(int gpus, String provider) {
        // given
        var cluster = Clusters.withSpec("{gpu: {count: %d}}".formatted(gpus));

        // when
        var settings = ClusterSettings.of(cluster, Clusters.INSTALLATION);

        // then
        assertThat(settings.workload().inference().executionProviders()).containsExactly(provider);
    }

    @Test
    void wantsNoReplicaWhileSuspended() {
        // given
        var cluster = Clusters.withSpec("{replicas: 3, suspend: true}");

        // when
        var settings = ClusterSettings.of(cluster, Clusters.INSTALLATION);

        // then
        assertThat(settings.workload().replicas()).isZero();
    }

    @Test
    void rejectsATimeoutThatIsNotShorterThanThePeriod() {
        // given
        var cluster = Clusters.withSpec("{health: {periodSeconds: 5, timeoutSeconds: 5}}");

        // then
        assertThatThrownBy(() -> ClusterSettings.of(cluster, Clusters.INSTALLATION))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("health.timeoutSeconds must be less than");
    }

    @Test
    void takesWhatASpecSaysOfHealth() {
        // given
        var cluster =
                Clusters.withSpec(
                        """
                        {gpu: {sharing: Shared}, health: {stallTimeoutSeconds: 60,
                        acceleratorFallback: Report, latency: {slowMilliseconds: 900, action: Restart},
                        vram: {pressurePercent: 80, clearPercent: 70, forSeconds: 30},
                        vramTrend: {mode: Enforce, windowSeconds: 7200}}}
                        """
                                .replace("\n", " "));

        // when
        var policy = ClusterSettings.of(cluster, Clusters.INSTALLATION).polling().policy();

        // then
        assertThat(policy)
                .isEqualTo(
                        new HealthPolicy(
                                new Thresholds(3, 2),
                                new Timeouts(
                                        Duration.ofSeconds(1200),
                                        Duration.ofSeconds(60),
                                        Duration.ofSeconds(35)),
                                HealthPolicy.Fallback.REPORT,
                                new Latency(900, Duration.ofSeconds(120), Remedy.TREAT),
                                HealthPolicy.GpuMemory.SHARED,
                                new Vram(80, 70, Duration.ofSeconds(30)),
                                new VramTrend(
                                        VramTrend.Mode.ENFORCE,
                                        Duration.ofSeconds(7200),
                                        Duration.ofSeconds(1800))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "vram: {clearPercent: 90}; health.vram.clearPercent must be less than",
                "vramTrend: {windowSeconds: 60}; health.vramTrend.windowSeconds must be at least 1800"
            })
    void rejectsWhatNoHealthPolicyCanBe(String health, String message) {
        // given
        var cluster = Clusters.withSpec("{health: {%s}}".formatted(health));

        // then
        assertThatThrownBy(() -> ClusterSettings.of(cluster, Clusters.INSTALLATION))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"1st", "a.b", "-a", "a-", "Upper"})
    void rejectsANameThatNoServiceCanBear(String name) {
        // given
        var cluster = Clusters.withSpec("{}");
        cluster.getMetadata().setName(name);

        // then
        assertThatThrownBy(() -> ClusterSettings.of(cluster, Clusters.INSTALLATION))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("metadata.name");
    }

    private static JsonNode schema() throws IOException {
        var file = "/META-INF/fabric8/facefusionclusters.facefusion.dev-v1.yml";
        try (InputStream crd = FaceFusionCluster.class.getResourceAsStream(file)) {
            return YAML.readTree(Objects.requireNonNull(crd, file))
                    .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        }
    }

    /// Every block with the defaults of its fields; blocks that can't be empty are left out.
    private static ObjectNode defaults(JsonNode schema) {
        var defaults = YAML.createObjectNode();
        schema.path("properties")
                .properties()
                .forEach(property -> {
                    var field = property.getValue();
                    if (field.has("default")) {
                        defaults.set(property.getKey(), field.path("default"));
                    } else if (field.has("properties")) {
                        var block = defaults(field);
                        if (!block.isEmpty()) {
                            defaults.set(property.getKey(), block);
                        }
                    }
                });
        return defaults;
    }
}
