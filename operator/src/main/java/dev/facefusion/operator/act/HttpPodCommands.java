package dev.facefusion.operator.act;

import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.desired.RuntimeContainer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks to the pods' management port. The token is read anew for each command: the kubelet
/// rotates it.
public final class HttpPodCommands implements PodCommands, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpPodCommands.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;

    private final HttpClient http;
    private final Executor executor;
    private final Optional<Path> token;
    private final Set<URI> underWay = ConcurrentHashMap.newKeySet();

    /// Commands carry the token, where there is one.
    ///
    /// @param executor for commands that wait for their answers
    /// @param token the file of the service account's token; without one pods do not obey
    public HttpPodCommands(Executor executor, Optional<Path> token) {
        this.executor = executor;
        this.token = token;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(TIMEOUT)
                        .executor(executor)
                        .build();
    }

    @Override
    public void drain(PodRef pod, String instance) {
        send("drain", pod, instance);
    }

    @Override
    public void restart(PodRef pod, String instance) {
        send("restart", pod, instance);
    }

    private void send(String command, PodRef pod, String instance) {
        if (pod.address().isEmpty()) {
            return;
        }
        var host = pod.address().contains(":") ? "[" + pod.address() + "]" : pod.address();
        var uri =
                URI.create(
                        "http://%s:%d/%s".formatted(host, RuntimeContainer.HEALTH_PORT, command));
        if (underWay.add(uri)) {
            executor.execute(() -> deliver(command, pod, uri, instance));
        }
    }

    private void deliver(String command, PodRef pod, URI uri, String instance) {
        try {
            int status = http.send(request(uri, instance), BodyHandlers.discarding()).statusCode();
            var level = status == ACCEPTED ? log.atInfo() : log.atWarn();
            level.addKeyValue("pod", pod.name())
                    .addKeyValue("command", command)
                    .addKeyValue("status", status)
                    .log("Told a pod what to do");
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("pod", pod.name())
                    .addKeyValue("command", command)
                    .addKeyValue("cause", e.toString())
                    .log("Could not tell a pod what to do; it is told again");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(uri);
        }
    }

    private HttpRequest request(URI uri, String instance) throws IOException {
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(TIMEOUT)
                        .header("If-Match", "\"" + instance + "\"")
                        .POST(BodyPublishers.noBody());
        if (token.isPresent()) {
            request.header("Authorization", "Bearer " + Files.readString(token.get()).strip());
        }
        return request.build();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
