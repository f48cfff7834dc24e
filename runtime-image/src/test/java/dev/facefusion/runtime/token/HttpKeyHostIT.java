package dev.facefusion.runtime.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HttpKeyHostIT {

    @TempDir private Path directory;

    private final List<Optional<String>> authorizations = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable HttpServer server;

    @AfterEach
    void close() {
        over.countDown();
        if (server != null) {
            server.stop(0);
        }
    }

    @Test
    void sendsTheTokenOfTheFileToTheConfiguredHostOnly() throws Exception {
        // given
        var address = serve(plain(), 200, "{}".getBytes(UTF_8));
        var token = Files.writeString(directory.resolve("token"), "first\n");
        var host = new HttpKeyHost(new KeyAccess(Optional.empty(), Optional.of(token)));

        // when
        host.fromConfigured(address);
        Files.writeString(token, "second\n");
        host.fromConfigured(address);
        host.fromNamed(address);

        // then
        assertThat(authorizations)
                .containsExactly(
                        Optional.of("Bearer first"),
                        Optional.of("Bearer second"),
                        Optional.empty());
    }

    @Test
    void followsNoRedirect() throws Exception {
        // given
        var address = serve(plain(), 302, new byte[0]);

        // when
        assertThatThrownBy(() -> open().fromConfigured(address))

                // then
                .isInstanceOf(IOException.class);
        assertThat(authorizations).hasSize(1);
    }

    @Test
    void readsNoEndlessDocument() throws Exception {
        // given
        var address = serve(plain(), 200, new byte[300 * 1024]);

        // when
        assertThatThrownBy(() -> open().fromConfigured(address))

                // then
                .isInstanceOf(IOException.class);
    }

    @Test
    void waitsAFewSecondsForAHostThatIsSilent() throws Exception {
        // given
        var address =
                serve(
                        plain(),
                        exchange -> {
                            try {
                                over.await(30, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                            exchange.close();
                        });
        var start = Instant.now();

        // when
        assertThatThrownBy(() -> open().fromConfigured(address))

                // then
                .isInstanceOf(IOException.class);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void trustsTheGivenCertificatesAndNoOthers() throws Exception {
        // given
        var address = serve(tls(), 200, "{}".getBytes(UTF_8));
        var trusting =
                new KeyAccess(Optional.of(directory.resolve("server.pem")), Optional.empty());

        // when
        var document = new HttpKeyHost(trusting).fromConfigured(address);

        // then
        assertThat(document).isEqualTo("{}");
        assertThatThrownBy(() -> open().fromConfigured(address)).isInstanceOf(IOException.class);
    }

    @Test
    void readsNothingFromAHostThatOthersCouldImpersonate() {
        assertThatThrownBy(() -> open().fromNamed(URI.create("http://issuer.example/keys")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HttpKeyHost open() {
        return new HttpKeyHost(KeyAccess.open());
    }

    private URI serve(HttpServer http, int status, byte[] body) {
        return serve(
                http,
                exchange -> {
                    try (exchange) {
                        exchange.getResponseHeaders().set("Location", "/elsewhere");
                        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
    }

    private URI serve(HttpServer http, HttpHandler handler) {
        server = http;
        http.createContext(
                "/",
                exchange -> {
                    authorizations.add(authorization(exchange));
                    handler.handle(exchange);
                });
        http.start();
        var scheme = http instanceof HttpsServer ? "https" : "http";
        return URI.create("%s://127.0.0.1:%d/keys".formatted(scheme, http.getAddress().getPort()));
    }

    private static Optional<String> authorization(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private static HttpServer plain() throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    private HttpServer tls() throws Exception {
        var file = directory.resolve("server.p12");
        Keytool.selfSigned(file, directory.resolve("server.pem"));
        var store = KeyStore.getInstance(file.toFile(), Keytool.PASSWORD.toCharArray());
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, Keytool.PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var https =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        return https;
    }
}
