package dev.facefusion.runtime.token;

/// Why a token is worth nothing. The first reason in this order is the one that is named.
public enum Rejection {
    /// Longer than any token that is meant for us.
    TOO_LARGE,
    /// Not three parts of Base64URL with one JSON object each in the first two, or a name twice.
    MALFORMED,
    /// `alg` is `none`.
    UNSIGNED,
    /// `alg` is not one of those allowed: a shared secret (`HS256`), for instance.
    ALGORITHM_NOT_ALLOWED,
    /// The header brings or points at a key of its own, asks for an extension (`crit`), is of
    /// another kind of token (`typ`), or does not name its key (`kid`).
    HEADER_NOT_ALLOWED,
    /// The issuer publishes no key of that name for that algorithm.
    UNKNOWN_KEY,
    /// Not signed by the key it names.
    BAD_SIGNATURE,
    /// `exp`, `sub` or another claim that must be there is not, or is not of its type.
    CLAIM_MISSING,
    WRONG_ISSUER,
    WRONG_AUDIENCE,
    WRONG_SUBJECT,
    EXPIRED,
    NOT_YET_VALID
}
