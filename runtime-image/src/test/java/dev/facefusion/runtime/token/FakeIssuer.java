package dev.facefusion.runtime.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/// A Kubernetes API server in memory, as far as tokens go, with a clock that the test turns.
public final class FakeIssuer implements KeyHost, InstantSource {

    static final String NAME = "https://kubernetes.default.svc.cluster.local";
    public static final String SUBJECT =
            "system:serviceaccount:facefusion-system:facefusion-operator";
    static final KeyLocation.KubernetesApi LOCATION =
            new KeyLocation.KubernetesApi(URI.create("https://kubernetes.default.svc"));

    // Making one takes long; each issuer here may as well have the same.
    private static final RSAKey RSA = rsaKey("rsa-1");

    final RSAKey rsa = RSA;
    final ECKey ec = ecKey("ec-1");
    final List<JWK> published = new ArrayList<>(List.of(rsa, ec));
    final List<URI> downloads = new ArrayList<>();
    boolean down;
    private Instant now;

    FakeIssuer() {
        this(Instant.parse("2026-11-23T12:00:00Z"));
    }

    public FakeIssuer(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    void later(Duration time) {
        now = now.plus(time);
    }

    @Override
    public String fromConfigured(URI address) throws IOException {
        downloads.add(address);
        if (down) {
            throw new IOException("connection refused, on purpose");
        }
        return switch (address.getPath()) {
            case "/.well-known/openid-configuration" ->
                    """
                    {"issuer":"%s","jwks_uri":"https://10.0.0.1:6443/openid/v1/jwks"}\
                    """
                            .formatted(NAME);
            case "/openid/v1/jwks" -> new JWKSet(published).toString(true);
            default -> throw new IOException("404");
        };
    }

    @Override
    public String fromNamed(URI address) throws IOException {
        throw new IOException("a host that pods cannot reach");
    }

    /// What the API server puts into a token that is good for ten minutes.
    public JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(NAME)
                .subject(SUBJECT)
                .audience("facefusion-runtime")
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(10))));
    }

    public SignedJWT sign(JWTClaimsSet claims) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa.getKeyID()).build(), claims);
    }

    SignedJWT sign(JWSHeader header, JWTClaimsSet claims) {
        return sign(header, claims, rsa);
    }

    static SignedJWT sign(JWSHeader header, JWTClaimsSet claims, JWK key) {
        try {
            var token = new SignedJWT(header, claims);
            token.sign(
                    key instanceof RSAKey rsa
                            ? new RSASSASigner(rsa)
                            : new ECDSASigner(key.toECKey()));
            return token;
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey rsaKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static ECKey ecKey(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
