package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QualityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void reportsSelfTestDriftAndCacheOfTheRealEngine() throws Exception {
        // given
        var collins = Reference.photo("astronaut.png");
        var hopper = Reference.photo("grace_hopper.jpg");
        var settings = Map.of("DRIFT_SAMPLE_EVERY", "1", "PLUGIN_PERIOD_SECONDS", "1");
        try (var server =
                RunningServer.start(
                                settings,
                                parts ->
                                        () ->
                                                EnginePlan.of(
                                                                parts.models(),
                                                                ExecutionSettings.cpu(1))
                                                        .in(parts.surroundings())
                                                        .open())
                        .awaitReady()) {

            // when
            for (int i = 0; i < 4; i++) {
                assertThat(server.swap(Form.of(collins, hopper)).statusCode()).isEqualTo(200);
            }

            // then: three of four sources were known; the self-test's was not
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(
                                            server.health()
                                                    .at("/custom/cache_hit_rate/value")
                                                    .asDouble())
                                    .isEqualTo(0.6));
            var health = server.health();
            assertThat(health.at("/self_test/passed").asBoolean()).isTrue();
            assertThat(health.at("/self_test/psnr_db").asDouble()).isGreaterThan(45);
            assertThat(health.at("/drift/identity_similarity_mean").asDouble())
                    .isBetween(0.965, 0.97);
            assertThat(health.at("/drift/identity_similarity_baseline").asDouble())
                    .isEqualTo(0.9642);
            assertThat(health.at("/drift/samples").asInt()).isEqualTo(4);
            assertThat(health.at("/custom/model_version/value").asText()).startsWith("sha256:");
            assertThat(health.at("/status").asText()).isEqualTo("healthy");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(new String(server.get("/metrics").body(), UTF_8))
                                    .contains("fusion_cache_hits_total 3.0")
                                    .contains("fusion_drift_identity_cosine 0.96")
                                    .contains("fusion_custom{name=\"cache_hit_rate\"")
                                    .contains("} 0.6"));
        }
    }

    @Test
    void isDegradedAfterValuesThatAreNotFinite() throws Exception {
        // given
        var engine = FakeEngine.warm();
        engine.mayFinish.release();
        try (var server = RunningServer.start(Map.of(), engine).awaitReady()) {

            // when
            var response = server.swap(Form.of("nan", "b"));

            // then
            assertThat(response.statusCode()).isEqualTo(500);
            await().atMost(PATIENCE)
                    .until(() -> server.health().get("reasons").toString().contains("nan_output"));
        }
    }
}
