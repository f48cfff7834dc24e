package dev.facefusion.tests.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Serves `external.metrics.k8s.io/v1beta1` by HTTPS: whatever metric is asked for has the value
/// that was last posted to another port. Its argument is the PKCS#12 file with its key.
///
/// One class without nested ones and without dependencies: a ConfigMap carries it into the cluster.
public final class SingleMetricServer {
    static final int METRICS_PORT = 8443;
    static final int VALUE_PORT = 8081;
    static final String PASSWORD = "not-a-secret";
    static final String GROUP = "external.metrics.k8s.io";
    static final String VERSION = "v1beta1";

    private static final String RESOURCES =
            """
            {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "external.metrics.k8s.io/v1beta1",
             "resources": [{"name": "queued", "singularName": "", "namespaced": true,
                            "kind": "ExternalMetricValueList", "verbs": ["get"]}]}
            """;

    private SingleMetricServer() {}

    /// Runs until it is killed.
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        var value = new AtomicInteger();
        var metrics = HttpsServer.create(new InetSocketAddress(METRICS_PORT), 0);
        metrics.setHttpsConfigurator(new HttpsConfigurator(tls(Path.of(arguments[0]))));
        metrics.createContext("/", exchange -> answer(exchange, metric(exchange, value.get())));
        // The API server opens connections ahead of need: on one thread each would block all
        // others.
        metrics.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        metrics.start();
        var values = HttpServer.create(new InetSocketAddress(VALUE_PORT), 0);
        values.createContext("/", exchange -> set(exchange, value));
        values.start();
    }

    private static SSLContext tls(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String metric(HttpExchange exchange, int value) {
        if (!exchange.getRequestURI().getPath().contains("/namespaces/")) {
            return RESOURCES;
        }
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return """
        {"kind": "ExternalMetricValueList", "apiVersion": "external.metrics.k8s.io/v1beta1", "metadata": {},
         "items": [{"metricName": "queued", "metricLabels": {}, "timestamp": "%s", "value": "%d"}]}
        """
                .formatted(now, value);
    }

    private static void set(HttpExchange exchange, AtomicInteger value) throws IOException {
        value.set(Integer.parseInt(new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        answer(exchange, "{}");
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
