package dev.facefusion.runtime.security;

/// What became of a request's [Credentials].
public sealed interface Authentication {

    /// Nobody is asked.
    record NotRequired() implements Authentication {}

    /// A client that may come in.
    ///
    /// @param client `key:` and the key's name, or `token:` and the token's subject
    record Known(String client, Outcome outcome) implements Authentication {}

    /// It shows no key and no token, or several.
    record Missing() implements Authentication {}

    /// What it shows opens nothing here. Why is for the log alone.
    record Invalid() implements Authentication {}

    /// Nobody can tell: the issuer's keys cannot be read.
    record Undecided() implements Authentication {}

    /// How it counts in the metrics.
    enum Outcome {
        API_KEY,
        TOKEN,
        MISSING,
        INVALID,
        UNDECIDED,
        ADDRESS_NOT_ALLOWED,
        BAD_FORWARDING
    }
}
