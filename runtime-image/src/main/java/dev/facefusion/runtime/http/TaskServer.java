package dev.facefusion.runtime.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The task API on its port. Each connection has a virtual thread, which reads, waits and writes;
/// the work is done by the workers behind the queue.
public final class TaskServer implements AutoCloseable {

    private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
    // Between the last result and the last byte of its answer.
    private static final Duration ANSWER_TIME = Duration.ofSeconds(5);
    private static final int MAX_CONNECTIONS = 1024;

    private final WebServer server;

    private TaskServer(WebServer server) {
        this.server = server;
    }

    /// Opens the port.
    ///
    /// @param port 0 for any free one
    /// @param maxBodyBytes of one request
    /// @throws UncheckedIOException if the port cannot be opened
    public static TaskServer open(int port, List<Endpoint> endpoints, long maxBodyBytes) {
        var problems = new Problems(maxBodyBytes);
        var server =
                WebServer.builder()
                        .port(port)
                        .maxPayloadSize(maxBodyBytes)
                        .maxTcpConnections(MAX_CONNECTIONS)
                        .connectionOptions(
                                SocketOptions.builder().readTimeout(READ_TIMEOUT).build())
                        .shutdownGracePeriod(ANSWER_TIME)
                        .shutdownHook(false) // the drain comes first: the process stops this server
                        .directHandlers(directHandlers(problems))
                        .routing(routing -> {
                            new Endpoints(endpoints).route(routing);
                            routing.error(RequestRefused.class, problems::refused)
                                    .error(Throwable.class, problems::defect);
                        })
                        .build()
                        .start();
        if (!server.isRunning()) {
            throw new UncheckedIOException(
                    new BindException("port %d cannot be opened".formatted(port)));
        }
        return new TaskServer(server);
    }

    public int port() {
        return server.port();
    }

    /// Closes the port, after the answers under way are written.
    @Override
    public void close() {
        server.stop();
    }

    private static DirectHandlers directHandlers(Problems problems) {
        var handlers = DirectHandlers.builder();
        Arrays.stream(EventType.values())
                .forEach(event -> handlers.addHandler(event, problems::refusedByTransport));
        return handlers.build();
    }
}
