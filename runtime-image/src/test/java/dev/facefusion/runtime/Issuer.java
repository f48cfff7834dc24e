package dev.facefusion.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

/// An OpenID Connect provider on loopback, as far as its keys go.
public final class Issuer implements AutoCloseable {

    private final HttpServer server;
    private final ECKey key;

    private Issuer(HttpServer server, ECKey key) {
        this.server = server;
        this.key = key;
    }

    public static Issuer start() throws IOException, JOSEException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var issuer = new Issuer(server, new ECKeyGenerator(Curve.P_256).keyID("k1").generate());
        issuer.serve(
                "/.well-known/openid-configuration",
                """
                {"issuer":"%s","jwks_uri":"%s/keys"}\
                """
                        .formatted(issuer.name(), issuer.name()));
        issuer.serve("/keys", new JWKSet(issuer.key).toString(true));
        server.start();
        return issuer;
    }

    /// What a runtime must be told.
    public Map<String, String> environment() {
        return Map.of("JWT_ISSUER", name(), "JWT_AUDIENCE", "facefusion");
    }

    /// A token that is good for a minute.
    public String token(String subject, String audience) throws JOSEException {
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(),
                        new JWTClaimsSet.Builder()
                                .issuer(name())
                                .subject(subject)
                                .audience(audience)
                                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                                .build());
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    /// Answers no more.
    public void vanish() {
        server.stop(0);
    }

    @Override
    public void close() {
        vanish();
    }

    private String name() {
        return "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    }

    private void serve(String path, String json) {
        server.createContext(
                path,
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders().set("Content-Type", "application/json");
                        exchange.sendResponseHeaders(200, json.length());
                        exchange.getResponseBody().write(json.getBytes(US_ASCII));
                    }
                });
    }
}
