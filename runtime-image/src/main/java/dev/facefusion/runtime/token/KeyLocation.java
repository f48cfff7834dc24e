package dev.facefusion.runtime.token;

import java.net.URI;
import java.util.Set;

/// Where an issuer publishes its keys. Only over TLS, but on this machine.
public sealed interface KeyLocation {

    /// A JSON Web Key Set (RFC 7517) at an address of its own.
    ///
    /// @param issuer as the tokens name it
    record KeySet(String issuer, URI keys) implements KeyLocation {

        public KeySet {
            requireSafe(keys);
        }
    }

    /// OpenID Connect Discovery 1.0: `issuer` + `/.well-known/openid-configuration` says where the
    /// keys are, and must name the same issuer.
    record Discovery(URI issuer) implements KeyLocation {

        public Discovery {
            requireSafe(issuer);
        }
    }

    /// A Kubernetes API server. Its discovery document names the issuer of the service accounts,
    /// which may be another host that pods cannot reach, and so may the address of the keys that it
    /// names; the server itself has them too, at `/openid/v1/jwks`.
    ///
    /// @param server scheme, host and port
    record KubernetesApi(URI server) implements KeyLocation {

        public KubernetesApi {
            requireSafe(server);
        }
    }

    /// Insists on an address where nobody on the way can exchange what is read.
    ///
    /// @throws IllegalArgumentException if somebody could
    static void requireSafe(URI address) {
        var local = Set.of("localhost", "127.0.0.1", "[::1]");
        var host = address.getHost();
        var safe =
                "https".equalsIgnoreCase(address.getScheme())
                        || ("http".equalsIgnoreCase(address.getScheme())
                                && host != null
                                && local.contains(host));
        if (!safe || host == null) {
            throw new IllegalArgumentException(
                    "%s is not an https address of a host".formatted(address));
        }
    }
}
