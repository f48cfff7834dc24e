package dev.facefusion.runtime.token;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// By a GET for each document: bounded in time and size, and no redirect is followed.
final class HttpKeyHost implements KeyHost {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 256 * 1024;

    private final KeyAccess access;

    HttpKeyHost(KeyAccess access) {
        this.access = access;
    }

    @Override
    public String fromConfigured(URI address) throws IOException {
        return get(address, access.bearerToken());
    }

    @Override
    public String fromNamed(URI address) throws IOException {
        KeyLocation.requireSafe(address);
        return get(address, Optional.empty());
    }

    private String get(URI address, Optional<Path> bearerToken) throws IOException {
        var encrypted = "https".equalsIgnoreCase(address.getScheme());
        var retriever = new DirectRetriever(encrypted ? trusted() : null);
        if (bearerToken.isPresent()) {
            var token = Files.readString(bearerToken.get()).strip();
            retriever.setHeaders(Map.of("Authorization", List.of("Bearer " + token)));
        }
        return retriever.retrieveResource(address.toURL()).getContent();
    }

    private SSLSocketFactory trusted() throws IOException {
        if (access.certificates().isEmpty()) {
            return (SSLSocketFactory) SSLSocketFactory.getDefault();
        }
        try (var pem = Files.newInputStream(access.certificates().get())) {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                trusted.setCertificateEntry(Integer.toString(trusted.size()), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "%s holds no usable certificates".formatted(access.certificates().get()), e);
        }
    }

    private static final class DirectRetriever extends DefaultResourceRetriever {

        DirectRetriever(@Nullable SSLSocketFactory tls) {
            super((int) CONNECT.toMillis(), (int) READ.toMillis(), MAX_BYTES, true, tls);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            var connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }
}
