package dev.facefusion.runtime.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.facefusion.runtime.token.Verdict.Rejected;
import dev.facefusion.runtime.token.Verdict.Verified;
import java.net.URI;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way to come in that we could think of, and the one that is right.
class TokenVerifierTest {

    private static final TokenRules RULES =
            TokenRules.forAudience("facefusion-runtime").forSubject(FakeIssuer.SUBJECT);
    private static final RSAKey FOREIGN = FakeIssuer.rsaKey("rsa-1");

    private final FakeIssuer issuer = new FakeIssuer();
    private final TokenVerifier verifier =
            new TokenVerifier(
                    RULES, new PublishedKeys(FakeIssuer.LOCATION, issuer, issuer), issuer);

    @Test
    void acceptsTheIssuersTokenForUs() {
        // when
        var verdict = verifier.verify(issuer.sign(issuer.claims().build()).serialize());

        // then
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verified.class,
                        verified -> {
                            assertThat(verified.subject()).isEqualTo(FakeIssuer.SUBJECT);
                            assertThat(verified.issuer()).isEqualTo(FakeIssuer.NAME);
                            assertThat(verified.audiences()).containsExactly("facefusion-runtime");
                            assertThat(verified.expiresAt()).isEqualTo("2026-11-23T12:10:00Z");
                        });
    }

    static Stream<Arguments> goodOnes() {
        return Stream.of(
                good(
                        "signed by an elliptic curve",
                        issuer ->
                                FakeIssuer.sign(
                                        new JWSHeader.Builder(JWSAlgorithm.ES256)
                                                .keyID("ec-1")
                                                .build(),
                                        issuer.claims().build(),
                                        issuer.ec)),
                good(
                        "for several audiences",
                        issuer ->
                                issuer.sign(
                                        issuer.claims()
                                                .audience(List.of("other", "facefusion-runtime"))
                                                .build())),
                good(
                        "of type JWT",
                        issuer ->
                                issuer.sign(
                                        header().type(JOSEObjectType.JWT).build(),
                                        issuer.claims().build())),
                good(
                        "without nbf and iat",
                        issuer ->
                                issuer.sign(
                                        issuer.claims()
                                                .notBeforeTime(null)
                                                .issueTime(null)
                                                .build())),
                good(
                        "with a claim that is null",
                        issuer -> issuer.sign(issuer.claims().claim("pod", null).build())));
    }

    @ParameterizedTest
    @MethodSource("goodOnes")
    void acceptsAlso(Function<FakeIssuer, SignedJWT> token) {
        // when
        var verdict = verifier.verify(token.apply(issuer).serialize());

        // then
        assertThat(verdict).isInstanceOf(Verified.class);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                bad("too large", Rejection.TOO_LARGE, i -> good(i) + "A".repeat(16 * 1024)),
                bad("empty", Rejection.MALFORMED, _ -> ""),
                bad("one part", Rejection.MALFORMED, i -> good(i).replaceFirst("\\..*", "")),
                bad("two parts", Rejection.MALFORMED, i -> good(i).replaceFirst("\\.[^.]*$", "")),
                bad("four parts", Rejection.MALFORMED, i -> good(i) + ".AAAA"),
                bad("a header of text", Rejection.MALFORMED, i -> withHeader(i, "hello")),
                bad("a header of an array", Rejection.MALFORMED, i -> withHeader(i, "[1]")),
                bad(
                        "an algorithm twice",
                        Rejection.MALFORMED,
                        i -> withHeader(i, "{'alg':'none','alg':'RS256','kid':'rsa-1'}")),
                bad(
                        "a subject twice",
                        Rejection.MALFORMED,
                        i ->
                                raw(
                                        i,
                                        "{'iss':'%s','sub':'admin','sub':'%s','exp':99999999999}"
                                                .formatted(FakeIssuer.NAME, FakeIssuer.SUBJECT))),
                bad(
                        "a payload nested without end",
                        Rejection.MALFORMED,
                        i -> raw(i, "{'a':" + "[".repeat(8000))),
                bad(
                        "an expiry in words",
                        Rejection.MALFORMED,
                        i -> raw(i, "{'exp':'tomorrow','sub':'%s'}".formatted(FakeIssuer.SUBJECT))),
                bad("claims that are no JSON", Rejection.MALFORMED, i -> raw(i, "exp=never")),
                bad("encrypted", Rejection.MALFORMED, _ -> JWE),
                bad(
                        "unsigned",
                        Rejection.UNSIGNED,
                        i -> new PlainJWT(i.claims().build()).serialize()),
                bad(
                        "unsigned, with the signature of another",
                        Rejection.MALFORMED,
                        i ->
                                new PlainJWT(i.claims().build()).serialize()
                                        + good(i).replaceFirst(".*\\.", "")),
                bad(
                        "none in another case",
                        Rejection.ALGORITHM_NOT_ALLOWED,
                        i -> withHeader(i, "{'alg':'None','kid':'rsa-1'}")),
                bad(
                        "HS256 with the public key as the secret",
                        Rejection.ALGORITHM_NOT_ALLOWED,
                        TokenVerifierTest::macOfPublicKey),
                bad(
                        "a key of its own",
                        Rejection.HEADER_NOT_ALLOWED,
                        i -> foreign(i, header().jwk(FOREIGN.toPublicJWK()).build())),
                bad(
                        "an address of keys",
                        Rejection.HEADER_NOT_ALLOWED,
                        i -> foreign(i, header().jwkURL(URI.create("https://evil")).build())),
                bad(
                        "an address of certificates",
                        Rejection.HEADER_NOT_ALLOWED,
                        i -> foreign(i, header().x509CertURL(URI.create("https://evil")).build())),
                bad(
                        "certificates of its own",
                        Rejection.HEADER_NOT_ALLOWED,
                        i ->
                                foreign(
                                        i,
                                        header().x509CertChain(List.of(Base64.encode("cert")))
                                                .build())),
                bad(
                        "a critical extension",
                        Rejection.HEADER_NOT_ALLOWED,
                        i -> signed(i, header().criticalParams(Set.of("exp")).build())),
                bad(
                        "another kind of token",
                        Rejection.HEADER_NOT_ALLOWED,
                        i -> signed(i, header().type(new JOSEObjectType("dpop+jwt")).build())),
                bad(
                        "no key named",
                        Rejection.HEADER_NOT_ALLOWED,
                        i -> signed(i, new JWSHeader(JWSAlgorithm.RS256))),
                bad(
                        "an unknown key",
                        Rejection.UNKNOWN_KEY,
                        i -> signed(i, header().keyID("../../rsa-1").build())),
                bad(
                        "a key of another algorithm",
                        Rejection.UNKNOWN_KEY,
                        i -> signed(i, header().keyID("ec-1").build())),
                bad(
                        "a key of the same name",
                        Rejection.BAD_SIGNATURE,
                        i -> foreign(i, header().build())),
                bad("other claims than were signed", Rejection.BAD_SIGNATURE, i -> tampered(i)),
                bad(
                        "no signature",
                        Rejection.BAD_SIGNATURE,
                        i -> good(i).replaceFirst("[^.]*$", "AA")),
                claims("no subject", Rejection.CLAIM_MISSING, c -> c.subject(null)),
                claims("a blank subject", Rejection.CLAIM_MISSING, c -> c.subject(" ")),
                claims("no expiry", Rejection.CLAIM_MISSING, c -> c.expirationTime(null)),
                claims("no issuer", Rejection.CLAIM_MISSING, c -> c.issuer(null)),
                claims("another issuer", Rejection.WRONG_ISSUER, c -> c.issuer("https://evil")),
                claims("no audience", Rejection.WRONG_AUDIENCE, c -> c.audience((String) null)),
                claims(
                        "the API server's audience",
                        Rejection.WRONG_AUDIENCE,
                        c -> c.audience(FakeIssuer.NAME)),
                claims(
                        "an audience that begins like ours",
                        Rejection.WRONG_AUDIENCE,
                        c -> c.audience("facefusion-runtime2")),
                claims(
                        "another service account",
                        Rejection.WRONG_SUBJECT,
                        c -> c.subject("system:serviceaccount:facefusion-system:default")),
                claims(
                        "a subject in another case",
                        Rejection.WRONG_SUBJECT,
                        c -> c.subject(FakeIssuer.SUBJECT.toUpperCase(Locale.ROOT))));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void rejects(Rejection reason, Function<FakeIssuer, String> token) {
        // when
        var verdict = verifier.verify(token.apply(issuer));

        // then
        assertThat(verdict).isEqualTo(new Rejected(reason));
    }

    // A token for 12:00 to 12:10, and a minute between the clocks.
    @ParameterizedTest
    @CsvSource({"-61, NOT_YET_VALID", "-60, ", "0, ", "659, ", "660, EXPIRED", "86400, EXPIRED"})
    void holdsForItsTimeAndTheSkew(int secondsLater, Rejection reason) {
        // given
        var token = issuer.sign(issuer.claims().build()).serialize();

        // when
        issuer.later(Duration.ofSeconds(secondsLater));

        // then
        assertThat(verifier.verify(token))
                .satisfies(verdict -> {
                    if (reason == null) {
                        assertThat(verdict).isInstanceOf(Verified.class);
                    } else {
                        assertThat(verdict).isEqualTo(new Rejected(reason));
                    }
                });
    }

    @Test
    void rejectsATokenFromTheFuture() {
        // given
        var tomorrow = Date.from(issuer.instant().plus(Duration.ofDays(1)));
        var claims = issuer.claims().notBeforeTime(null).issueTime(tomorrow).build();

        // when
        var verdict = verifier.verify(issuer.sign(claims).serialize());

        // then
        assertThat(verdict).isEqualTo(new Rejected(Rejection.NOT_YET_VALID));
    }

    @Test
    void doesNotWriteClaimsIntoALog() {
        // when
        var verdict =
                verifier.verify(
                        issuer.sign(issuer.claims().claim("email", "a@example.com").build())
                                .serialize());

        // then
        assertThat(verdict.toString()).contains(FakeIssuer.SUBJECT).doesNotContain("example.com");
    }

    private static final String JWE =
            "eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA";

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1");
    }

    private static String good(FakeIssuer issuer) {
        return issuer.sign(issuer.claims().build()).serialize();
    }

    private static String signed(FakeIssuer issuer, JWSHeader header) {
        return issuer.sign(header, issuer.claims().build()).serialize();
    }

    private static String foreign(FakeIssuer issuer, JWSHeader header) {
        return FakeIssuer.sign(header, issuer.claims().build(), FOREIGN).serialize();
    }

    private static String withHeader(FakeIssuer issuer, String header) {
        return Base64URL.encode(header.replace('\'', '"'))
                + good(issuer).replaceFirst("^[^.]*", "");
    }

    private static String tampered(FakeIssuer issuer) {
        var claims = issuer.claims().claim("admin", true).build();
        return good(issuer)
                .replaceFirst("\\.[^.]*\\.", "." + claims.toPayload().toBase64URL() + ".");
    }

    /// Any payload, rightly signed.
    private static String raw(FakeIssuer issuer, String payload) {
        try {
            var object = new JWSObject(header().build(), new Payload(payload.replace('\'', '"')));
            object.sign(new RSASSASigner(issuer.rsa));
            return object.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String macOfPublicKey(FakeIssuer issuer) {
        try {
            var secret = issuer.rsa.toPublicJWK().toJSONString().getBytes(UTF_8);
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build();
            var token = new SignedJWT(header, issuer.claims().build());
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Arguments good(String name, Function<FakeIssuer, SignedJWT> token) {
        return Arguments.of(Named.of(name, token));
    }

    private static Arguments bad(
            String name, Rejection reason, Function<FakeIssuer, String> token) {
        return Arguments.of(reason, Named.of(name, token));
    }

    private static Arguments claims(
            String name,
            Rejection reason,
            Function<JWTClaimsSet.Builder, JWTClaimsSet.Builder> change) {
        return bad(
                name,
                reason,
                issuer -> issuer.sign(change.apply(issuer.claims()).build()).serialize());
    }
}
