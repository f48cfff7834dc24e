package dev.facefusion.runtime.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.security.SecuritySettings.AccessLogDetail;
import dev.facefusion.runtime.token.KeyLocation;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecuritySettingsTest {

    @Test
    void leavesEverythingOffWithoutAVariable() {
        // when
        var settings = settings(Map.of());

        // then
        assertThat(settings.requiresAuthentication()).isFalse();
        assertThat(settings.allowed().isEmpty()).isTrue();
        assertThat(settings.proxies().isEmpty()).isTrue();
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.accessLog()).isEqualTo(AccessLogDetail.FULL);
    }

    @Test
    void findsAnIssuersKeysByDiscoveryUnlessToldWhere() {
        // when
        var discovered =
                settings(Map.of("JWT_ISSUER", "https://id.example", "JWT_AUDIENCE", "swap"));
        var told =
                settings(
                        Map.of(
                                "JWT_ISSUER", "anything",
                                "JWT_AUDIENCE", "swap",
                                "JWT_JWKS_URL", "https://id.example/keys"));

        // then
        assertThat(discovered.tokens().orElseThrow().keys())
                .isEqualTo(new KeyLocation.Discovery(URI.create("https://id.example")));
        assertThat(told.tokens().orElseThrow().keys())
                .isEqualTo(
                        new KeyLocation.KeySet("anything", URI.create("https://id.example/keys")));
        assertThat(told.requiresAuthentication()).isTrue();
    }

    @Test
    void readsRangesOfBothKinds() {
        // when
        var settings = settings(Map.of("ALLOWED_CIDRS", "10.0.0.0/8, 2001:db8::/32"));

        // then
        assertThat(settings.allowed().contain(InetAddress.ofLiteral("10.1.1.1"))).isTrue();
        assertThat(settings.allowed().contain(InetAddress.ofLiteral("2001:db8::1"))).isTrue();
        assertThat(settings.allowed().contain(InetAddress.ofLiteral("::1"))).isFalse();
    }

    record Wrong(Map<String, String> variables, List<String> message) {
        Wrong(Map<String, String> variables, String... message) {
            this(variables, List.of(message));
        }

        @Override
        public String toString() {
            return variables.toString();
        }
    }

    static Stream<Wrong> wrong() {
        return Stream.of(
                new Wrong(Map.of("JWT_ISSUER", "https://id.example"), "JWT_AUDIENCE", "together"),
                new Wrong(Map.of("JWT_AUDIENCE", "swap"), "JWT_ISSUER", "together"),
                new Wrong(Map.of("JWT_JWKS_URL", "https://id.example/keys"), "JWT_ISSUER"),
                new Wrong(
                        Map.of("JWT_ISSUER", "http://id.example", "JWT_AUDIENCE", "swap"),
                        "JWT_ISSUER",
                        "https"),
                new Wrong(Map.of("API_KEYS", "ci: hush"), "API_KEYS", "line 1"),
                new Wrong(Map.of("API_KEYS", "x", "API_KEYS_FILE", "/k"), "API_KEYS_FILE", "both"),
                new Wrong(Map.of("ALLOWED_CIDRS", "10.0.0.1/8"), "ALLOWED_CIDRS", "10.0.0.1/8"),
                new Wrong(Map.of("TRUSTED_PROXY_CIDRS", "proxy"), "TRUSTED_PROXY_CIDRS", "proxy"),
                new Wrong(Map.of("FORWARDED_HEADER", "via"), "FORWARDED_HEADER", "forwarded"),
                new Wrong(Map.of("TLS_CERT_FILE", "/c"), "TLS_KEY_FILE"),
                new Wrong(Map.of("TLS_KEY_FILE", "/k"), "TLS_CERT_FILE"),
                new Wrong(Map.of("TLS_CLIENT_CA_FILE", "/a"), "TLS_CERT_FILE"),
                new Wrong(Map.of("ACCESS_LOG", "loud"), "ACCESS_LOG", "anonymous"),
                new Wrong(Map.of("MAX_CONNECTIONS", "0"), "MAX_CONNECTIONS"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void saysWhatDoesNotFitTogether(Wrong wrong) {
        // then
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> settings(wrong.variables()))
                .withMessageContainingAll(wrong.message().toArray(String[]::new));
    }

    @Test
    void neverAsksForTheNameOfAnAddress() {
        // then: the literal, where a look-up would give localhost
        assertThat(InetAddress.ofLiteral("127.0.0.1").getHostName()).isEqualTo("127.0.0.1");
    }

    private static SecuritySettings settings(Map<String, String> variables) {
        return SecuritySettings.from(new Environment(variables));
    }
}
