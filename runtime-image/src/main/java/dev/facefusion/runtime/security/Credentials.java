package dev.facefusion.runtime.security;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a request shows to be let in: the content of `X-Api-Key`, or of `Authorization: Bearer`.
///
/// @param secret a key or a token; empty if there is none, or more than one
public record Credentials(Optional<String> secret) {

    private static final String BEARER = "bearer ";

    /// The credentials of a request.
    ///
    /// @param authorization the values of that header
    /// @param apiKey the values of that header
    public static Credentials of(List<String> authorization, List<String> apiKey) {
        if (authorization.size() + apiKey.size() != 1) {
            return new Credentials(Optional.empty());
        }
        return new Credentials(
                apiKey.isEmpty() ? bearer(authorization.getFirst()) : text(apiKey.getFirst()));
    }

    @Override
    public String toString() {
        return "Credentials[%s]".formatted(secret.isPresent() ? "…" : "none");
    }

    private static Optional<String> bearer(String value) {
        return value.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? text(value.substring(BEARER.length()))
                : Optional.empty();
    }

    private static Optional<String> text(String value) {
        return value.isBlank() ? Optional.empty() : Optional.of(value.strip());
    }
}
