package dev.facefusion.runtime.token;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Which tokens are good.
///
/// @param audience must be among the token's
/// @param subject the only one that is let in; any, if empty
/// @param algorithms by their names in RFC 7518; a key pair's only, so that a public key can never
///   pass for a shared secret
/// @param clockSkew by how much the issuer's clock and ours may differ
public record TokenRules(
        String audience, Optional<String> subject, Set<String> algorithms, Duration clockSkew) {

    /// Those that this Java can check and whose signer holds a private key.
    public static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final Duration USUAL_SKEW = Duration.ofSeconds(60);

    public TokenRules {
        if (audience.isBlank()) {
            throw new IllegalArgumentException("audience is blank");
        }
        if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
            throw new IllegalArgumentException(
                    "algorithms are %s; use some of %s"
                            .formatted(algorithms, new TreeSet<>(ASYMMETRIC)));
        }
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("clockSkew is %s".formatted(clockSkew));
        }
        algorithms = Set.copyOf(algorithms);
    }

    /// Any subject, every algorithm of a key pair, a minute between the clocks.
    public static TokenRules forAudience(String audience) {
        return new TokenRules(audience, Optional.empty(), ASYMMETRIC, USUAL_SKEW);
    }

    /// The same for one subject only.
    public TokenRules forSubject(String only) {
        return new TokenRules(audience, Optional.of(only), algorithms, clockSkew);
    }

    boolean allows(JWSAlgorithm algorithm) {
        return algorithms.contains(algorithm.getName());
    }
}
