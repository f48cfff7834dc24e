package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.Pem;
import dev.facefusion.runtime.config.ConfigException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS on the task API's port.
@Timeout(120)
class TlsIT {

    private static final Duration RELOAD = Duration.ofSeconds(15);

    @TempDir private Path directory;
    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void nameFiles() {
        certificate = directory.resolve("tls.crt");
        key = directory.resolve("tls.key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void speaksTls(String algorithm) throws Exception {
        // given
        var pem = Pem.selfSigned(directory, "server", algorithm);
        pem.write(certificate, key);
        try (var server = start(Map.of());
                var client = connect(server, trusting(pem), "TLSv1.3");
                var older = connect(server, trusting(pem), "TLSv1.2")) {

            // when
            var status = status(client);

            // then
            assertThat(status).isEqualTo("HTTP/1.1 204 No Content");
            assertThat(status(older)).isEqualTo("HTTP/1.1 204 No Content");
            assertThat(older.getSession().getProtocol()).isEqualTo("TLSv1.2");
        }
    }

    @Test
    void cutsAClientThatDoesNotFinishItsHandshake() throws Exception {
        // given
        var pem = Pem.selfSigned(directory, "server", "EC");
        pem.write(certificate, key);
        try (var server = start(Map.of("HEADER_TIMEOUT_SECONDS", "1"));
                var client = RawConnection.to(server.apiPort())) {

            // when: the first bytes of a ClientHello
            client.send("\u0016\u0003\u0001");

            // then
            assertThat(client.readAll()).isIn("", "reset");
        }
    }

    @Test
    void takesANewCertificateAndDropsNoConnection() throws Exception {
        // given
        var first = Pem.selfSigned(directory, "first", "EC");
        var second = Pem.selfSigned(directory, "second", "EC");
        first.write(certificate, key);
        var context = trusting(first, second);
        try (var server = start(Map.of());
                var open = connect(server, context, "TLSv1.3")) {
            assertThat(status(open)).isEqualTo("HTTP/1.1 204 No Content");

            // when
            second.write(certificate, key);

            // then
            await().atMost(RELOAD)
                    .untilAsserted(() ->
                            assertThat(shown(server, trusting(first, second)))
                                    .isEqualTo(second.certificate()));
            assertThat(open.getSession().getPeerCertificates()[0]).isEqualTo(first.certificate());
            assertThat(status(open)).isEqualTo("HTTP/1.1 204 No Content");
        }
    }

    @Test
    void keepsItsCertificateWhenTheNewOneDoesNotFit() throws Exception {
        // given
        var first = Pem.selfSigned(directory, "first", "EC");
        var second = Pem.selfSigned(directory, "second", "EC");
        first.write(certificate, key);
        try (var server = start(Map.of())) {

            // when: the key of another
            second.write(directory.resolve("unused"), key);

            // then
            await().during(Duration.ofSeconds(7))
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() ->
                            assertThat(shown(server, trusting(first, second)))
                                    .isEqualTo(first.certificate()));
        }
    }

    @Test
    void asksClientsForACertificateWhereToldTo() throws Exception {
        // given
        var pem = Pem.selfSigned(directory, "server", "EC");
        var client = Pem.selfSigned(directory, "client", "EC");
        var stranger = Pem.selfSigned(directory, "stranger", "EC");
        var authorities = directory.resolve("ca.crt");
        client.write(authorities, directory.resolve("unused"));
        pem.write(certificate, key);
        try (var server = start(Map.of("TLS_CLIENT_CA_FILE", authorities.toString()));
                var known = connect(server, context(client, pem), "TLSv1.3");
                var nameless = connect(server, trusting(pem), "TLSv1.3");
                var unknown = connect(server, context(stranger, pem), "TLSv1.3")) {

            // then
            assertThat(status(known)).isEqualTo("HTTP/1.1 204 No Content");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> status(nameless));
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> status(unknown));
        }
    }

    @Test
    void doesNotStartWithAKeyOfAnotherCertificate() throws Exception {
        // given
        Pem.selfSigned(directory, "first", "EC").write(certificate, key);
        Pem.selfSigned(directory, "second", "RSA").write(directory.resolve("unused"), key);

        // then
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> start(Map.of()))
                .withMessageContainingAll(
                        certificate.toString(), "the key is not the certificate's");
    }

    private RunningServer start(Map<String, String> more) {
        var environment =
                new HashMap<>(
                        Map.of(
                                "TLS_CERT_FILE", certificate.toString(),
                                "TLS_KEY_FILE", key.toString()));
        environment.putAll(more);
        return RunningServer.start(environment, FakeEngine.warm());
    }

    private static Certificate shown(RunningServer server, SSLContext context) throws IOException {
        try (var client = connect(server, context, "TLSv1.3")) {
            return client.getSession().getPeerCertificates()[0];
        }
    }

    private static SSLSocket connect(RunningServer server, SSLContext context, String protocol)
            throws IOException {
        var plain = new Socket(InetAddress.getLoopbackAddress(), server.apiPort());
        var socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(plain, "127.0.0.1", server.apiPort(), true);
        socket.setSoTimeout(20_000);
        socket.setEnabledProtocols(new String[] {protocol});
        socket.startHandshake();
        return socket;
    }

    private static String status(SSLSocket socket) throws IOException {
        socket.getOutputStream()
                .write("GET /v1/auth HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.append((char) next);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    private static SSLContext trusting(Pem... servers)
            throws GeneralSecurityException, IOException {
        return context(null, servers);
    }

    private static SSLContext context(@Nullable Pem client, Pem... servers)
            throws GeneralSecurityException, IOException {
        var trusted = emptyStore();
        for (var server : servers) {
            trusted.setCertificateEntry(Integer.toString(trusted.size()), server.certificate());
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(client == null ? null : keys(client), trust.getTrustManagers(), null);
        return context;
    }

    private static KeyManager[] keys(Pem client) throws GeneralSecurityException, IOException {
        var store = emptyStore();
        store.setKeyEntry(
                "client", client.key(), new char[0], new Certificate[] {client.certificate()});
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        return keys.getKeyManagers();
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }
}
