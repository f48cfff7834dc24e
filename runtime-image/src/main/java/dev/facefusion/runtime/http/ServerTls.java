package dev.facefusion.runtime.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.common.tls.TlsConfig;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/// TLS as the task API speaks it: 1.3 and 1.2, with Java's own choice of ciphers.
final class ServerTls {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    // A client that resumes a session does not show its certificate again: not for a day.
    private static final Duration SESSION = Duration.ofMinutes(10);

    private ServerTls() {}

    /// TLS with the content of these files.
    ///
    /// @param pem certificate chain, key, and the authorities of the clients if they need a
    ///   certificate
    /// @throws IllegalArgumentException if one cannot be read, or the key is not the certificate's
    static Tls of(List<byte[]> pem) {
        var keys = read(pem);
        var chain = keys.certChain();
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("there is no certificate");
        }
        var key = keys.privateKey().orElseThrow();
        requirePair(chain.getFirst(), key);
        var tls =
                TlsConfig.builder()
                        .enabledProtocols(PROTOCOLS)
                        .sessionTimeout(SESSION)
                        .privateKey(key)
                        .privateKeyCertChain(chain);
        if (pem.size() > 2) {
            tls.clientAuth(TlsClientAuth.REQUIRED).trust(authorities(pem.get(2)));
        }
        return Tls.create(tls.buildPrototype());
    }

    private static Keys read(List<byte[]> pem) {
        try {
            return Keys.builder()
                    .pem(files ->
                            files.certChain(Resource.create("certificate", pem.get(0)))
                                    .key(Resource.create("key", pem.get(1))))
                    .build();
        } catch (RuntimeException e) { // of many kinds, and none says more than the files do
            throw new IllegalArgumentException(
                    "the certificate must be PEM, and the key an unencrypted PEM of PKCS#8, or of PKCS#1 for RSA (openssl pkcs8 -topk8 -nocrypt makes one)",
                    e);
        }
    }

    private static List<X509Certificate> authorities(byte[] pem) {
        try {
            return Keys.builder()
                    .pem(files -> files.certificates(Resource.create("authorities", pem)))
                    .build()
                    .certs();
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("the clients' authorities are not PEM", e);
        }
    }

    private static void requirePair(X509Certificate certificate, PrivateKey key) {
        var algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            var signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            var checking = Signature.getInstance(algorithm);
            checking.initVerify(certificate.getPublicKey());
            if (!checking.verify(signing.sign())) {
                throw new IllegalArgumentException("the key is not the certificate's");
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key is not the certificate's", e);
        }
    }
}
