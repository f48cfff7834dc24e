package dev.facefusion.runtime.token;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads an issuer's name and keys from where they are published, each time anew.
final class KeyPublication implements JWKSetSource<SecurityContext> {

    private static final Logger log = LoggerFactory.getLogger(KeyPublication.class);

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final String KUBERNETES_KEYS = "/openid/v1/jwks";

    private final KeyLocation location;
    private final KeyHost host;
    private final AtomicReference<Set<String>> known = new AtomicReference<>(Set.of());
    private final AtomicReference<Optional<String>> issuer =
            new AtomicReference<>(Optional.empty());

    KeyPublication(KeyLocation location, KeyHost host) {
        this.location = location;
        this.host = host;
    }

    private record Publication(String issuer, String keys) {}

    Optional<String> issuer() {
        return issuer.get();
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        try {
            var read = read();
            var keys = JWKSet.parse(read.keys());
            issuer.set(Optional.of(read.issuer()));
            report(keys);
            return keys;
        } catch (IOException | ParseException | IllegalArgumentException e) {
            log.atWarn()
                    .addKeyValue("location", location)
                    .addKeyValue("cause", e.toString())
                    .log("Keys cannot be read");
            throw new JWKSetUnavailableException(
                    "the keys of %s cannot be read".formatted(location), e);
        }
    }

    @Override
    public void close() {
        // every download closes its own connection
    }

    // Only a rotation is news.
    private void report(JWKSet keys) {
        var names = keys.getKeys().stream().map(JWK::getKeyID).collect(Collectors.toSet());
        if (!names.equals(known.getAndSet(names))) {
            log.atInfo()
                    .addKeyValue("location", location)
                    .addKeyValue("keys", names)
                    .log("Keys read");
        }
    }

    private Publication read() throws IOException, ParseException {
        return switch (location) {
            case KeyLocation.KeySet(var name, var keys) ->
                    new Publication(name, host.fromConfigured(keys));
            case KeyLocation.Discovery(var address) -> discovered(address.toString());
            case KeyLocation.KubernetesApi(var server) ->
                    new Publication(
                            member(discovery(server.toString()), "issuer"),
                            host.fromConfigured(below(server.toString(), KUBERNETES_KEYS)));
        };
    }

    private Publication discovered(String address) throws IOException, ParseException {
        var document = discovery(address);
        var name = member(document, "issuer");
        if (!name.equals(address)) {
            throw new IOException("the document of %s is one of %s".formatted(address, name));
        }
        return new Publication(name, host.fromNamed(URI.create(member(document, "jwks_uri"))));
    }

    private Map<String, Object> discovery(String address) throws IOException, ParseException {
        return JSONObjectUtils.parse(host.fromConfigured(below(address, DISCOVERY)));
    }

    private static URI below(String address, String path) {
        return URI.create(address.replaceFirst("/$", "") + path);
    }

    private static String member(Map<String, Object> document, String name) throws IOException {
        if (document.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new IOException("the discovery document has no " + name);
    }
}
