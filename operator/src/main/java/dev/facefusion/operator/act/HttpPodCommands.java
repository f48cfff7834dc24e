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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Speaks to the pods' management port. The token is read anew for each command: the kubelet
/// rotates it. A command that was taken is not repeated.
public final class HttpPodCommands implements PodCommands, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(HttpPodCommands.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;

    /// A process that has taken a command is not told again for this long.
    private static final Duration HEARD = Duration.ofMinutes(1);

    private final HttpClient http;
    private final Executor executor;
    private final Optional<Path> token;
    private final Set<Command> underWay = ConcurrentHashMap.newKeySet();
    private final Map<Command, Instant> accepted = new ConcurrentHashMap<>();
    private final Clock clock;

    private record Command(String verb, URI uri, String instance) {}

    /// Commands carry the token, where there is one.
    ///
    /// @param executor for commands that wait for their answers
    /// @param token the file of the service account's token; without one pods do not obey
    public HttpPodCommands(Executor executor, Optional<Path> token, Clock clock) {
        this.executor = executor;
        this.clock = clock;
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

    private void send(String verb, PodRef pod, String instance) {
        if (pod.address().isEmpty()) {
            return;
        }
        var host = pod.address().contains(":") ? "[" + pod.address() + "]" : pod.address();
        var uri = URI.create("http://%s:%d/%s".formatted(host, RuntimeContainer.HEALTH_PORT, verb));
        var command = new Command(verb, uri, instance);
        var longAgo = clock.instant().minus(HEARD);
        accepted.values().removeIf(longAgo::isAfter);
        if (!accepted.containsKey(command) && underWay.add(command)) {
            executor.execute(() -> deliver(command, pod));
        }
    }

    private void deliver(Command command, PodRef pod) {
        try {
            int status = http.send(request(command), BodyHandlers.discarding()).statusCode();
            if (status == ACCEPTED) {
                accepted.put(command, clock.instant());
            }
            var level = status == ACCEPTED ? log.atInfo() : log.atWarn();
            level.addKeyValue("pod", pod.name())
                    .addKeyValue("command", command.verb())
                    .addKeyValue("status", status)
                    .log("Told a pod what to do");
        } catch (IOException e) {
            log.atWarn()
                    .addKeyValue("pod", pod.name())
                    .addKeyValue("command", command.verb())
                    .addKeyValue("cause", e.toString())
                    .log("Could not tell a pod what to do; it is told again");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(command);
        }
    }

    private HttpRequest request(Command command) throws IOException {
        var request =
                HttpRequest.newBuilder(command.uri())
                        .timeout(TIMEOUT)
                        .header("If-Match", "\"" + command.instance() + "\"")
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
