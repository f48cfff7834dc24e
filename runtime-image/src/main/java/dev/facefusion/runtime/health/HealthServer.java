package dev.facefusion.runtime.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.facefusion.runtime.health.HealthSampler.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/health`, `/ready` and `/metrics` on a port and threads of their own, so that they answer
/// however busy the engine is.
///
/// A request for health reads one reference and writes it: no lock, no log, no system call but the
/// socket's. Metrics are gathered on a third thread, and a fourth waits for the answer to
/// `/ready?deep=1`. A client that does not finish its request or does not read its answer loses its
/// connection after a second or two.
public final class HealthServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HealthServer.class);

    private static final int THREADS = 2;
    private static final int MAY_WAIT = 16;
    private static final int NO_BODY = -1;
    private static final Set<String> PATHS = Set.of("/health", "/ready", "/metrics");

    static {
        // The JDK's server is configured by system properties only, read when it is first used.
        System.setProperty("sun.net.httpserver.maxReqTime", "1");
        System.setProperty("sun.net.httpserver.maxRspTime", "2");
        System.setProperty("sun.net.httpserver.timerMillis", "250");
        System.setProperty("sun.net.httpserver.idleInterval", "60");
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final ExecutorService metricsThread;
    private final ExecutorService deepThread;

    private HealthServer(HttpServer server) {
        this.server = server;
        this.deepThread =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MAY_WAIT),
                        Thread.ofPlatform().daemon().name("deep-http").factory());
        this.threads =
                Executors.newFixedThreadPool(
                        THREADS, Thread.ofPlatform().daemon().name("health-http-", 0).factory());
        this.metricsThread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name("metrics-http").factory());
    }

    /// Opens the port.
    ///
    /// @param address with port 0 for any free one
    /// @param metrics the text of `/metrics`
    /// @param deep answers `/ready?deep=1`
    /// @throws UncheckedIOException if the port cannot be opened
    public static HealthServer open(
            InetSocketAddress address,
            HealthSampler sampler,
            Supplier<String> metrics,
            DeepCheck deep) {
        try {
            var http = HttpServer.create(address, 0);
            var server = new HealthServer(http);
            http.setExecutor(server.threads);
            http.createContext("/", exchange -> server.answer(exchange, sampler, metrics, deep));
            http.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "port %d cannot be opened".formatted(address.getPort()), e);
        }
    }

    /// Answers one more path. The handler is called on one of the two threads that health has: it
    /// must hand the exchange over at once to a thread of its own.
    public void handle(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        metricsThread.shutdownNow();
        deepThread.shutdownNow();
    }

    private void answer(
            HttpExchange exchange, HealthSampler sampler, Supplier<String> metrics, DeepCheck deep)
            throws IOException {
        var path = Objects.requireNonNullElse(exchange.getRequestURI().getPath(), "");
        if (!PATHS.contains(path)) {
            problem(exchange, 404, "Not found", "Use /health, /ready or /metrics.");
            return;
        }
        if (!exchange.getRequestMethod().equals("GET")
                && !exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            problem(exchange, 405, "Method not allowed", "Use GET or HEAD.");
            return;
        }
        switch (path) {
            case "/health" -> report(exchange, sampler.answers().health());
            case "/ready" -> {
                if (isDeep(exchange)) {
                    admit(exchange, sampler, deep);
                } else {
                    report(exchange, sampler.answers().ready());
                }
            }
            default -> metricsThread.execute(() -> scrape(exchange, metrics));
        }
    }

    private static boolean isDeep(HttpExchange exchange) {
        var query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
        return List.of(query.split("&", -1)).contains("deep=1");
    }

    private void admit(HttpExchange exchange, HealthSampler sampler, DeepCheck deep)
            throws IOException {
        try {
            deepThread.execute(() -> look(exchange, sampler, deep));
        } catch (RejectedExecutionException _) {
            exchange.getResponseHeaders().set("Retry-After", "2");
            problem(exchange, 429, "Too many requests", "Ask less often.");
        }
    }

    private static void look(HttpExchange exchange, HealthSampler sampler, DeepCheck deep) {
        try {
            report(exchange, sampler.readiness(deep.ask()));
        } catch (IOException e) {
            exchange.close(); // the client is gone
        } catch (InterruptedException e) {
            exchange.close(); // the port is closed
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("A deep question failed by a defect");
            exchange.close();
        }
    }

    private static void report(HttpExchange exchange, Answer answer) throws IOException {
        send(exchange, answer.status(), "application/json", answer.json());
    }

    private static void scrape(HttpExchange exchange, Supplier<String> metrics) {
        try {
            send(
                    exchange,
                    200,
                    "text/plain; version=0.0.4; charset=utf-8",
                    metrics.get().getBytes(UTF_8));
        } catch (IOException e) {
            exchange.close(); // the client is gone
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("Metrics cannot be gathered");
            exchange.close();
        }
    }

    private static void problem(HttpExchange exchange, int status, String title, String remedy)
            throws IOException {
        var json =
                """
                {"type":"about:blank","title":"%s","status":%d,"remedy":"%s"}\
                """
                        .formatted(title, status, remedy);
        send(exchange, status, "application/problem+json", json.getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, int status, String contentType, byte[] body)
            throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", contentType);
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, NO_BODY);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        }
    }
}
