package dev.facefusion.runtime.token;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/// What became of a token. Nothing but [Verified] lets anybody in.
public sealed interface Verdict {

    /// The token is the issuer's, for us, and holds now.
    ///
    /// @param subject who bears it, never blank
    /// @param audiences all of them; at least one is ours
    /// @param claims all of the token's, as JSON has them; they are personal data: none of a log
    record Verified(
            String subject,
            String issuer,
            Set<String> audiences,
            Instant expiresAt,
            Map<String, Object> claims)
            implements Verdict {

        public Verified {
            audiences = Set.copyOf(audiences);
            claims = Map.copyOf(claims);
        }

        @Override
        public String toString() {
            return "Verified[subject=%s, issuer=%s]".formatted(subject, issuer);
        }
    }

    /// The token is worth nothing here.
    ///
    /// @param reason for the log; a client learns only that it is not let in
    record Rejected(Rejection reason) implements Verdict {}

    /// Nobody can tell: the issuer's keys have not been read, or not for too long. The same token
    /// may be good in a minute.
    record Undecided() implements Verdict {}
}
