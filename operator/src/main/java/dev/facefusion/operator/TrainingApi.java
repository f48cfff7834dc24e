package dev.facefusion.operator;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Just enough of an API server, and of one healthy pod, for the operator to go once through all it
/// does. It exists so that an image can be built with the operator's classes already loaded; no
/// operator that serves ever talks to it.
final class TrainingApi implements AutoCloseable {
    /// A loopback address of its own, so that the pod's fixed port is free.
    private static final String POD_ADDRESS = "127.77.0.1";

    private static final int POD_HEALTH_PORT = 8080;
    private static final JsonMapper JSON = new JsonMapper();

    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer api;
    private final HttpServer pod;

    private TrainingApi() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pod = HttpServer.create(new InetSocketAddress(POD_ADDRESS, POD_HEALTH_PORT), 0);
        api.setExecutor(executor);
        pod.setExecutor(executor);
        api.createContext("/", this::answer);
        pod.createContext("/health", exchange -> send(exchange, 200, sample("health.json")));
    }

    static TrainingApi start() throws IOException {
        var training = new TrainingApi();
        training.api.start();
        training.pod.start();
        return training;
    }

    String url() {
        return "http://localhost:" + api.getAddress().getPort();
    }

    /// Where a TLS handshake begins, and fails.
    URI secureUrl() {
        return URI.create("https://localhost:" + api.getAddress().getPort());
    }

    /// Returns when the operator has reported what the cluster's one pod says.
    void awaitReady(Duration timeout) throws InterruptedException {
        if (!ready.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("no status within " + timeout);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        var path = exchange.getRequestURI().getPath();
        if (query.contains("watch=true")) {
            watch(exchange);
            return;
        }
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, path.substring(path.lastIndexOf('/') + 1));
            case "PATCH" -> patch(exchange, path, body);
            default -> send(exchange, 201, body);
        }
    }

    private void get(HttpExchange exchange, String resource) throws IOException {
        switch (resource) {
            case "facefusionclusters", "pods" -> send(exchange, 200, sample(resource + ".json"));
            case "deployments", "services", "poddisruptionbudgets", "networkpolicies" ->
                    send(exchange, 200, sample("empty.json"));
            default -> send(exchange, 404, sample("not-found.json"));
        }
    }

    /// A real API server answers with the whole object, and the operator counts on that.
    private void patch(HttpExchange exchange, String path, String body) throws IOException {
        if (!path.endsWith("/status")) {
            send(exchange, 200, body);
            return;
        }
        var status = JSON.readTree(body).path("status");
        var cluster = (ObjectNode) JSON.readTree(sample("facefusionclusters.json")).at("/items/0");
        send(exchange, 200, cluster.set("status", status).toString());
        if (status.path("fleet").has("queuedTasks")) {
            ready.countDown();
        }
    }

    /// Nothing ever happens in training: the watch stays open and silent. A client that asks for a
    /// WebSocket learns that it must do without.
    private void watch(HttpExchange exchange) throws IOException {
        if (exchange.getRequestHeaders().containsKey("Upgrade")) {
            send(exchange, 200, "{}");
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try {
            closing.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static String sample(String name) throws IOException {
        try (var stream = TrainingApi.class.getResourceAsStream("/training/" + name)) {
            return new String(
                    Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        api.stop(0);
        pod.stop(0);
        executor.shutdownNow();
    }
}
