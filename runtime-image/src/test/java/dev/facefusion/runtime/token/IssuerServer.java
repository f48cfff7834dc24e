package dev.facefusion.runtime.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A Kubernetes API server on loopback, as far as the keys of its tokens go.
public final class IssuerServer implements AutoCloseable {

    private final FakeIssuer issuer = new FakeIssuer(Instant.now());
    private final HttpServer server;

    private IssuerServer(HttpServer server) {
        this.server = server;
    }

    public static IssuerServer start() {
        try {
            var http =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            var server = new IssuerServer(http);
            http.createContext(
                    "/",
                    exchange -> {
                        try (exchange) {
                            var body = server.issuer.fromConfigured(exchange.getRequestURI());
                            exchange.sendResponseHeaders(200, 0);
                            exchange.getResponseBody().write(body.getBytes(UTF_8));
                        }
                    });
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a runtime needs to trust it.
    ///
    /// @param directory for the runtime's own token
    public Map<String, String> environment(Path directory) {
        try {
            var token = Files.writeString(directory.resolve("token"), "of the runtime");
            return Map.of(
                    "MANAGEMENT_SUBJECT", FakeIssuer.SUBJECT,
                    "MANAGEMENT_API_SERVER", address().toString(),
                    "MANAGEMENT_TOKEN_FILE", token.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The operator's, as the kubelet would give it.
    public String token() {
        return token(claims -> claims);
    }

    public String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return issuer.sign(change.apply(issuer.claims()).build()).serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort()));
    }
}
