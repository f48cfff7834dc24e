package dev.facefusion.tests.e2e;

import static org.awaitility.Awaitility.await;

import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One port of one pod, by way of a port forward: the API server's own proxy would keep tokens to
/// itself.
final class PodPort implements AutoCloseable {
    private static final int TASKS = 8000;
    private static final int MANAGEMENT = 8080;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final LocalPortForward forward;
    private final HttpClient http = HttpClient.newHttpClient();

    private PodPort(LocalPortForward forward) {
        this.forward = forward;
    }

    static PodPort tasks(TestNamespace namespace, Pod pod) {
        return open(namespace, pod, TASKS);
    }

    static PodPort management(TestNamespace namespace, Pod pod) {
        return open(namespace, pod, MANAGEMENT);
    }

    private static PodPort open(TestNamespace namespace, Pod pod, int port) {
        return new PodPort(
                namespace
                        .client()
                        .pods()
                        .inNamespace(namespace.name())
                        .withName(pod.getMetadata().getName())
                        .portForward(port));
    }

    /// Asks again where it is told to ask less often: every forward looks like the same client.
    HttpResponse<String> post(String path, Optional<String> token) {
        var request = request(path).POST(BodyPublishers.noBody());
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        return await().atMost(TIMEOUT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .pollInSameThread()
                .until(
                        () -> send(request.build()),
                        response -> response.statusCode() != TOO_MANY_REQUESTS);
    }

    HttpResponse<String> post(String path, String contentType, byte[] body) {
        return send(upload(path, contentType, body));
    }

    /// Does not wait for the answer, which may never come.
    CompletableFuture<HttpResponse<String>> postAsync(
            String path, String contentType, byte[] body) {
        return http.sendAsync(upload(path, contentType, body), BodyHandlers.ofString());
    }

    private HttpRequest upload(String path, String contentType, byte[] body) {
        return request(path)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d%s".formatted(forward.getLocalPort(), path)))
                .version(HttpClient.Version.HTTP_1_1)
                .timeout(TIMEOUT);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking a pod", e);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
        try {
            forward.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
