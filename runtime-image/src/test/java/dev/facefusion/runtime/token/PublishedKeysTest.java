package dev.facefusion.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import dev.facefusion.runtime.token.Verdict.Rejected;
import dev.facefusion.runtime.token.Verdict.Undecided;
import dev.facefusion.runtime.token.Verdict.Verified;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rotation of keys, outages of the issuer, floods of unknown names.
class PublishedKeysTest {

    // A discovery document and a set of keys.
    private static final int ONE_DOWNLOAD = 2;

    private final FakeIssuer issuer = new FakeIssuer();
    private final TokenVerifier verifier =
            new TokenVerifier(
                    TokenRules.forAudience("facefusion-runtime"),
                    new PublishedKeys(FakeIssuer.LOCATION, issuer, issuer),
                    issuer);

    @Test
    void readsTheKeysOnceForManyTokens() {
        // when
        for (var i = 0; i < 100; i++) {
            assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);
        }

        // then
        assertThat(issuer.downloads)
                .extracting(URI::toString)
                .containsExactly(
                        "https://kubernetes.default.svc/.well-known/openid-configuration",
                        "https://kubernetes.default.svc/openid/v1/jwks");
    }

    @Test
    void acceptsTheFirstTokenOfANewKey() {
        // given
        assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);
        var next = FakeIssuer.rsaKey("rsa-2");
        issuer.published.add(next);

        // when
        var verdict = verify(next);

        // then
        assertThat(verdict).isInstanceOf(Verified.class);
    }

    @Test
    void forgetsAKeyThatIsNoLongerPublished() {
        // given
        assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);
        issuer.published.remove(issuer.rsa);

        // when
        issuer.later(Duration.ofMinutes(5).plusSeconds(1));

        // then
        assertThat(verify(issuer.rsa)).isEqualTo(new Rejected(Rejection.UNKNOWN_KEY));
    }

    @Test
    void asksNoMoreThanTwiceInTenSecondsForUnknownKeys() {
        // given
        var unknown = FakeIssuer.rsaKey("unknown");
        assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);
        issuer.later(Duration.ofSeconds(10));
        issuer.downloads.clear();

        // when
        for (var i = 0; i < 100; i++) {
            assertThat(verify(unknown)).isEqualTo(new Rejected(Rejection.UNKNOWN_KEY));
        }

        // then
        assertThat(issuer.downloads).hasSize(2 * ONE_DOWNLOAD);
    }

    @Test
    void acceptsGoodTokensDuringAFloodOfUnknownKeys() {
        // given
        var unknown = FakeIssuer.rsaKey("unknown");
        assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);

        // when
        for (var i = 0; i < 400; i++) {
            issuer.later(Duration.ofSeconds(1));
            verify(unknown);
            verify(unknown);

            // then
            assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);
        }
    }

    @Test
    void usesTheLastKeysForSixHoursWithoutTheIssuer() {
        // given
        assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);
        issuer.down = true;

        // when
        issuer.later(Duration.ofHours(6).minusSeconds(1));
        var before = verify(issuer.rsa);
        issuer.later(Duration.ofMinutes(6));
        var after = verify(issuer.rsa);

        // then
        assertThat(before).isInstanceOf(Verified.class);
        assertThat(after).isEqualTo(new Undecided());
    }

    @Test
    void decidesAgainWhenTheIssuerIsBack() {
        // given
        issuer.down = true;
        assertThat(verify(issuer.rsa)).isEqualTo(new Undecided());

        // when
        issuer.down = false;

        // then
        assertThat(verify(issuer.rsa)).isInstanceOf(Verified.class);
    }

    @Test
    void believesADiscoveryDocumentAboutItsOwnIssuerOnly() {
        // given
        var elsewhere = new KeyLocation.Discovery(URI.create("https://other.example"));
        var keys = new PublishedKeys(elsewhere, issuer, issuer);
        var strict = new TokenVerifier(TokenRules.forAudience("facefusion-runtime"), keys, issuer);

        // when
        var verdict = strict.verify(issuer.sign(issuer.claims().build()).serialize());

        // then
        assertThat(verdict).isEqualTo(new Undecided());
        assertThat(issuer.downloads).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example",
                "file:///keys.json",
                "issuer.example",
                "https:///x"
            })
    void readsNoKeysThatOthersCouldExchange(String address) {
        assertThatThrownBy(() -> new KeyLocation.Discovery(URI.create(address)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "RS257", ""})
    void allowsNoAlgorithmWithoutAKeyPair(String algorithm) {
        var rules = TokenRules.forAudience("a");
        assertThatThrownBy(() ->
                        new TokenRules(
                                rules.audience(),
                                rules.subject(),
                                Set.of(algorithm),
                                rules.clockSkew()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(algorithm);
    }

    private Verdict verify(RSAKey key) {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        return verifier.verify(FakeIssuer.sign(header, issuer.claims().build(), key).serialize());
    }
}
