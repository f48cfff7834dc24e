package dev.facefusion.runtime.plugin.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import dev.facefusion.runtime.plugin.HealthContributor;
import dev.facefusion.runtime.plugin.HealthValue;
import dev.facefusion.runtime.plugin.RuntimeView;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BundledContributorsTest {

    private static final RuntimeView NOTHING_KNOWN =
            new View(Map.of(), Optional.empty(), new RuntimeView.CacheCounts(0, 0));

    record View(
            Map<String, String> settings,
            Optional<String> modelDigest,
            RuntimeView.CacheCounts sourceCache)
            implements RuntimeView {
        @Override
        public Optional<String> setting(String name) {
            return Optional.ofNullable(settings.get(name));
        }
    }

    @Test
    void areFoundOnTheClassPath() {
        assertThat(ServiceLoader.load(HealthContributor.class))
                .extracting(HealthContributor::name)
                .containsExactly("cache_hit_rate", "model_version", "network_latency");
    }

    @Test
    void haveNoValueBeforeThereIsOne() throws Exception {
        for (var contributor : ServiceLoader.load(HealthContributor.class)) {
            assertThat(contributor.value(NOTHING_KNOWN)).isEmpty();
        }
    }

    @Test
    void tellTheShareOfHits() {
        var view = new View(Map.of(), Optional.empty(), new RuntimeView.CacheCounts(3, 1));

        assertThat(new CacheHitRate().value(view)).contains(HealthValue.of(0.75));
    }

    @Test
    void tellTheBeginningOfTheDigest() {
        var view =
                new View(
                        Map.of(),
                        Optional.of("0123456789abcdef".repeat(4)),
                        new RuntimeView.CacheCounts(0, 0));

        assertThat(new ModelVersion().value(view)).contains(HealthValue.of("sha256:0123456789ab"));
    }

    @Test
    void tellHowLongAConnectionTakes() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var value = new NetworkLatency().value(target("127.0.0.1:" + server.getLocalPort()));

            assertThat(value)
                    .get()
                    .extracting(seen -> ((HealthValue.Quantity) seen).value(), DOUBLE)
                    .isGreaterThan(0)
                    .isLessThan(5);
        }
    }

    @Test
    void failWhereNobodyListens() throws IOException {
        int port;
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        assertThatThrownBy(() -> new NetworkLatency().value(target("127.0.0.1:" + port)))
                .isInstanceOf(ConnectException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", ":80", "localhost:99999", "http://x:80/"})
    void failForWhatIsNoTarget(String target) {
        assertThatThrownBy(() -> new NetworkLatency().value(target(target)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(target);
    }

    private static RuntimeView target(String target) {
        return new View(
                Map.of("NETWORK_LATENCY_TARGET", target),
                Optional.empty(),
                new RuntimeView.CacheCounts(0, 0));
    }
}
