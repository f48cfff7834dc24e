package dev.facefusion.runtime.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.facefusion.runtime.token.Verdict.Rejected;
import dev.facefusion.runtime.token.Verdict.Undecided;
import dev.facefusion.runtime.token.Verdict.Verified;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says whether a token is the issuer's word about its bearer, for us, now.
///
/// 1. Its form and header, without any key: most forgeries end here.
/// 2. Its signature, by the key that it names, if the issuer publishes that.
/// 3. Its claims: `iss`, `aud`, `sub`, `exp`, `nbf`, `iat`.
///
/// Never throws because of a token. It does not ask the issuer about the token itself: one that was
/// taken back counts until it expires.
public final class TokenVerifier {

    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);

    private static final int MAX_CHARACTERS = 16 * 1024;
    private static final Set<String> KINDS = Set.of("jwt", "at+jwt", "application/at+jwt");
    // A key that the token brings along or points at, and what would change how it is read.
    private static final Set<String> NOT_ALLOWED =
            Set.of("jwk", "jku", "x5c", "x5u", "crit", "b64");

    private final TokenRules rules;
    private final PublishedKeys keys;
    private final InstantSource clock;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    public TokenVerifier(TokenRules rules, PublishedKeys keys, InstantSource clock) {
        this.rules = rules;
        this.keys = keys;
        this.clock = clock;
    }

    /// Blocks for up to ten seconds where the keys must be downloaded first.
    ///
    /// @param token three parts of Base64URL with dots between them (RFC 7519)
    public Verdict verify(String token) {
        if (token.length() > MAX_CHARACTERS) {
            return new Rejected(Rejection.TOO_LARGE);
        }
        try {
            return switch (JWTParser.parse(token)) {
                case SignedJWT signed -> verify(signed, signed.getJWTClaimsSet());
                case PlainJWT _ -> new Rejected(Rejection.UNSIGNED);
                default -> new Rejected(Rejection.MALFORMED); // encrypted, for nobody here
            };
        } catch (ParseException | RuntimeException e) { // whatever a stranger's text makes of it
            log.atDebug().setCause(e).log("Not a token");
            return new Rejected(Rejection.MALFORMED);
        }
    }

    private Verdict verify(SignedJWT token, JWTClaimsSet claims) {
        var header = token.getHeader();
        if (!rules.allows(header.getAlgorithm())) {
            return new Rejected(Rejection.ALGORITHM_NOT_ALLOWED);
        }
        if (!plain(header)) {
            return new Rejected(Rejection.HEADER_NOT_ALLOWED);
        }
        try {
            var candidates = keys.select(new JWKSelector(JWKMatcher.forJWSHeader(header)));
            if (candidates.isEmpty()) {
                return new Rejected(Rejection.UNKNOWN_KEY);
            }
            if (candidates.stream().noneMatch(key -> signed(token, key))) {
                return new Rejected(Rejection.BAD_SIGNATURE);
            }
        } catch (KeySourceException e) {
            log.atDebug().setCause(e).log("No keys to judge a token by");
            return new Undecided();
        }
        return fault(claims).<Verdict>map(Rejected::new).orElseGet(() -> verified(claims));
    }

    /// True if the header names a published key and asks for nothing else.
    private static boolean plain(JWSHeader header) {
        var kind = header.getType();
        return header.getIncludedParams().stream().noneMatch(NOT_ALLOWED::contains)
                && header.getKeyID() != null
                && !header.getKeyID().isBlank()
                && (kind == null || KINDS.contains(kind.getType().toLowerCase(Locale.ROOT)));
    }

    private boolean signed(SignedJWT token, JWK key) {
        if (!(key instanceof AsymmetricJWK pair)) {
            return false;
        }
        try {
            var verifier = verifiers.createJWSVerifier(token.getHeader(), pair.toPublicKey());
            return token.verify(verifier);
        } catch (JOSEException e) {
            log.atDebug().setCause(e).log("A published key cannot check a signature");
            return false;
        }
    }

    private Optional<Rejection> fault(JWTClaimsSet claims) {
        var expires = claims.getExpirationTime();
        var subject = claims.getSubject();
        if (expires == null || subject == null || subject.isBlank() || claims.getIssuer() == null) {
            return Optional.of(Rejection.CLAIM_MISSING);
        }
        if (!keys.issuer().equals(Optional.of(claims.getIssuer()))) {
            return Optional.of(Rejection.WRONG_ISSUER);
        }
        if (!claims.getAudience().contains(rules.audience())) {
            return Optional.of(Rejection.WRONG_AUDIENCE);
        }
        if (rules.subject().filter(only -> !only.equals(subject)).isPresent()) {
            return Optional.of(Rejection.WRONG_SUBJECT);
        }
        var now = clock.instant();
        if (!now.isBefore(expires.toInstant().plus(rules.clockSkew()))) {
            return Optional.of(Rejection.EXPIRED);
        }
        var known = now.plus(rules.clockSkew());
        if (later(claims.getNotBeforeTime(), known) || later(claims.getIssueTime(), known)) {
            return Optional.of(Rejection.NOT_YET_VALID);
        }
        return Optional.empty();
    }

    private static boolean later(@Nullable Date date, Instant than) {
        return date != null && date.toInstant().isAfter(than);
    }

    private static Verified verified(JWTClaimsSet claims) {
        return new Verified(
                claims.getSubject(),
                claims.getIssuer(),
                Set.copyOf(claims.getAudience()),
                claims.getExpirationTime().toInstant(),
                claims.toJSONObject());
    }
}
