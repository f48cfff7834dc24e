package dev.facefusion.operator;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Plays the kubelet for pods that no node takes: gives each a loopback address of its own, answers
/// for its health there, and tells the API server that it runs and is ready.
final class FakePods implements AutoCloseable {
    private static final int HEALTH_PORT = 8080;

    private final KubernetesClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger addresses = new AtomicInteger();
    private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    FakePods(KubernetesClient client) {
        this.client = client;
    }

    /// Starts every pod of the namespace that does not run yet.
    void runAll(String namespace) {
        client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getStatus().getPodIP() == null)
                .forEach(this::run);
    }

    /// Starts the pods of the namespace that have a node, and ends those that leave theirs.
    void runBound(String namespace) {
        for (var pod : client.pods().inNamespace(namespace).list().getItems()) {
            if (pod.getMetadata().getDeletionTimestamp() != null) {
                client.resource(pod).withGracePeriod(0).delete();
            } else if (pod.getSpec().getNodeName() != null && pod.getStatus().getPodIP() == null) {
                run(pod);
            }
        }
    }

    /// What the pod answers from now on; empty to answer nothing at all.
    void answer(Pod pod, String body) {
        answers.put(pod.getMetadata().getName(), body);
    }

    static String healthy(int queued) {
        return """
        {"status": "healthy", "model_loaded": true, "task_queue_length": %d,
         "execution_provider": {"cpu_fallback": false}}
        """
                .formatted(queued);
    }

    private void run(Pod pod) {
        var address = "127.1.0." + addresses.incrementAndGet();
        var name = pod.getMetadata().getName();
        answers.put(name, healthy(0));
        try {
            var server = HttpServer.create(new InetSocketAddress(address, HEALTH_PORT), 0);
            server.setExecutor(threads);
            server.createContext("/health", exchange -> answer(exchange, name));
            server.start();
            servers.put(name, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var live = client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(name);
        await().ignoreExceptionsMatching(FakePods::conflict)
                .until(() -> live.editStatus(current -> running(current, address)) != null);
    }

    /// The scheduler and the operator write to the pod at the same time.
    private static boolean conflict(Throwable thrown) {
        return thrown instanceof KubernetesClientException e
                && e.getCode() == HttpURLConnection.HTTP_CONFLICT;
    }

    private void answer(HttpExchange exchange, String pod) throws IOException {
        var body = answers.getOrDefault(pod, "").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (body.length == 0) {
                end.await();
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Pod running(Pod pod, String address) {
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        return new PodBuilder(pod)
                .editStatus()
                .withPhase("Running")
                .withPodIP(address)
                .addNewPodIP(address)
                .withConditions()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime(now)
                .endCondition()
                .addNewContainerStatus()
                .withName("runtime")
                .withImage("facefusion-runtime")
                .withImageID("facefusion-runtime")
                .withReady(true)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning(now)
                .endState()
                .endContainerStatus()
                .endStatus()
                .build();
    }

    @Override
    public void close() {
        end.countDown();
        servers.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
