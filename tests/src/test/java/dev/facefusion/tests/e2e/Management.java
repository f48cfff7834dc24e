package dev.facefusion.tests.e2e;

import static org.awaitility.Awaitility.await;

import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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

/// A pod's management port, by way of a port forward: the API server's own proxy would keep the
/// token to itself.
final class Management implements AutoCloseable {
    private static final int PORT = 8080;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final long SHORTEST_SECONDS = 600; // the API server gives none for less
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final LocalPortForward forward;
    private final HttpClient http = HttpClient.newHttpClient();

    private Management(LocalPortForward forward) {
        this.forward = forward;
    }

    static Management of(TestNamespace namespace, Pod pod) {
        return new Management(
                namespace
                        .client()
                        .pods()
                        .inNamespace(namespace.name())
                        .withName(pod.getMetadata().getName())
                        .portForward(PORT));
    }

    /// A token as the kubelet would put it into a pod of the service account.
    static String token(
            KubernetesClient client, String namespace, String serviceAccount, String audience) {
        var request =
                new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audience)
                        .withExpirationSeconds(SHORTEST_SECONDS)
                        .endSpec()
                        .build();
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
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
