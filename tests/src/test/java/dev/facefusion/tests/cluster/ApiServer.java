package dev.facefusion.tests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/// Requests to the API server that the typed client has no method for.
public final class ApiServer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";

    private final KubernetesClient client;

    public ApiServer(KubernetesClient client) {
        this.client = client;
    }

    /// The FaceFusionClusters of a namespace as `kubectl get` prints them.
    public PrinterTable table(String namespace) {
        var request =
                request(
                                "apis/facefusion.dev/v1alpha1/namespaces/%s/facefusionclusters"
                                        .formatted(namespace))
                        .header("Accept", TABLE);
        return PrinterTable.of(parse(send(request).body()));
    }

    /// Posts to a Service, which sends it to one of its ready pods.
    public HttpResponse<byte[]> post(
            String namespace, String service, String path, String contentType, byte[] body) {
        return send(
                request(
                                "api/v1/namespaces/%s/services/%s/proxy/%s"
                                        .formatted(namespace, service, path))
                        .post(contentType, body));
    }

    private HttpRequest.Builder request(String path) {
        URI server = URI.create(client.getConfiguration().getMasterUrl());
        return client.getHttpClient().newHttpRequestBuilder().uri(server.resolve(path));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.getHttpClient()
                    .sendAsync(request.build(), byte[].class)
                    .get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the API server", e);
        } catch (Exception e) {
            throw new IllegalStateException("the API server did not answer", e);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("the API server's answer is not JSON", e);
        }
    }
}
