package dev.facefusion.runtime.security;

import dev.facefusion.runtime.security.Authentication.Invalid;
import dev.facefusion.runtime.security.Authentication.Known;
import dev.facefusion.runtime.security.Authentication.Missing;
import dev.facefusion.runtime.security.Authentication.NotRequired;
import dev.facefusion.runtime.security.Authentication.Outcome;
import dev.facefusion.runtime.security.Authentication.Undecided;
import dev.facefusion.runtime.token.TokenVerifier;
import dev.facefusion.runtime.token.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says who sent a request. Any one of the methods that are set up is enough.
public final class Authenticator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Authenticator.class);
    private static final Duration LOOK_AT_KEYS = Duration.ofSeconds(2);

    private final Optional<Supplier<ApiKeys>> keys;
    private final Optional<TokenVerifier> tokens;

    private Authenticator(Optional<Supplier<ApiKeys>> keys, Optional<TokenVerifier> tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /// Reads the keys and begins to watch their file.
    ///
    /// @throws dev.facefusion.runtime.config.ConfigException if the file cannot be used
    public static Authenticator open(SecuritySettings settings) {
        return new Authenticator(
                settings.apiKeys().map(Authenticator::keys),
                settings.tokens().map(TokenSettings::verifier));
    }

    /// May take seconds where an issuer's keys must be read first.
    public Authentication of(Credentials credentials) {
        if (keys.isEmpty() && tokens.isEmpty()) {
            return new NotRequired();
        }
        return credentials.secret().map(this::of).orElseGet(Missing::new);
    }

    @Override
    public void close() {
        if (keys.isPresent() && keys.get() instanceof WatchedFiles<ApiKeys> watched) {
            watched.close();
        }
    }

    private Authentication of(String secret) {
        var owner = keys.flatMap(known -> known.get().owner(secret));
        if (owner.isPresent()) {
            return new Known("key:" + owner.get(), Outcome.API_KEY);
        }
        return tokens.map(verifier -> of(verifier.verify(secret))).orElseGet(Invalid::new);
    }

    private static Authentication of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Verified token -> new Known("token:" + token.subject(), Outcome.TOKEN);
            case Verdict.Rejected(var reason) -> {
                log.atInfo().addKeyValue("reason", reason).log("Token rejected");
                yield new Invalid();
            }
            case Verdict.Undecided _ -> new Undecided();
        };
    }

    private static Supplier<ApiKeys> keys(KeySource source) {
        return switch (source) {
            case KeySource.InFile(var file) -> watch(file);
            case KeySource.Given(var keys) -> () -> keys;
        };
    }

    private static WatchedFiles<ApiKeys> watch(Path file) {
        return WatchedFiles.open(
                "API keys",
                List.of(file),
                LOOK_AT_KEYS,
                contents -> ApiKeys.parse(contents.getFirst()),
                keys -> log.atInfo().addKeyValue("keys", keys.count()).log("API keys read"));
    }
}
