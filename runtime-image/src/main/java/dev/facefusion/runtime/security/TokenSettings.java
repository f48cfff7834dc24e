package dev.facefusion.runtime.security;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.token.KeyAccess;
import dev.facefusion.runtime.token.KeyLocation;
import dev.facefusion.runtime.token.PublishedKeys;
import dev.facefusion.runtime.token.TokenRules;
import dev.facefusion.runtime.token.TokenVerifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/// Whose tokens (JWT) open the task API.
///
/// @param authorities who may have signed the certificate of the issuer's host; Java's list if
///   empty
public record TokenSettings(String audience, KeyLocation keys, Optional<Path> authorities) {

    /// The settings that the variables give, if any.
    ///
    /// @throws ConfigException if the variables do not fit together
    static Optional<TokenSettings> from(Environment environment) {
        var issuer = environment.text("JWT_ISSUER");
        var audience = environment.text("JWT_AUDIENCE");
        var keys = environment.text("JWT_JWKS_URL");
        if (issuer.isEmpty() && audience.isEmpty() && keys.isEmpty()) {
            return Optional.empty();
        }
        if (issuer.isEmpty() || audience.isEmpty()) {
            throw new ConfigException(
                    "JWT_ISSUER and JWT_AUDIENCE belong together. Set both, or none of JWT_*: a"
                            + " token for another audience must never open this API.");
        }
        try {
            return Optional.of(
                    new TokenSettings(
                            audience.get(),
                            location(issuer.get(), keys),
                            environment.path("JWT_CA_FILE")));
        } catch (IllegalArgumentException e) {
            throw new ConfigException(
                    "JWT_ISSUER is \"%s\" and JWT_JWKS_URL is \"%s\": %s. Set JWT_JWKS_URL to the https address of the issuer's keys, or leave it out where JWT_ISSUER has an OpenID Connect discovery document."
                            .formatted(issuer.get(), keys.orElse(""), e.getMessage()));
        }
    }

    TokenVerifier verifier() {
        var clock = InstantSource.system();
        var access = new KeyAccess(authorities, Optional.empty());
        return new TokenVerifier(
                TokenRules.forAudience(audience), PublishedKeys.at(keys, access, clock), clock);
    }

    private static KeyLocation location(String issuer, Optional<String> keys) {
        return keys.<KeyLocation>map(url -> new KeyLocation.KeySet(issuer, URI.create(url)))
                .orElseGet(() -> new KeyLocation.Discovery(URI.create(issuer)));
    }
}
