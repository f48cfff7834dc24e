package dev.facefusion.runtime.http;

import dev.facefusion.runtime.security.TlsFiles;
import dev.facefusion.runtime.security.WatchedFiles;
import io.helidon.common.context.Context;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The task API on its port. Each connection has a virtual thread, which reads, waits and writes;
/// the work is done by the workers behind the queue.
public final class TaskServer implements AutoCloseable {

    // Between the last result and the last byte of its answer.
    private static final Duration ANSWER_TIME = Duration.ofSeconds(5);
    private static final Duration LOOK_AT_CERTIFICATE = Duration.ofSeconds(5);

    private final WebServer server;
    private final Connections connections;
    private final Optional<WatchedFiles<Tls>> certificate;

    private TaskServer(
            WebServer server, Connections connections, Optional<WatchedFiles<Tls>> certificate) {
        this.server = server;
        this.connections = connections;
        this.certificate = certificate;
    }

    /// Opens the port.
    ///
    /// @param address with port 0 for any free one
    /// @param maxBodyBytes of one request
    /// @throws dev.facefusion.runtime.config.ConfigException if the certificate cannot be used
    /// @throws UncheckedIOException if the port cannot be opened
    public static TaskServer open(
            InetSocketAddress address, List<Endpoint> endpoints, long maxBodyBytes, Door door) {
        var security = door.settings();
        var problems = new Problems(maxBodyBytes, security.connections().uriBytes());
        var connections =
                Connections.watch(security.connections(), security.proxies()::contain, problems);
        var reloads = new AtomicReference<Consumer<Tls>>(_ -> {});
        var certificate = security.tls().map(files -> certificate(files, reloads));
        var sockets = new ClientSockets(security.connections().connections());
        var context = Context.create();
        context.register(sockets);
        var server =
                WebServer.builder()
                        .bindAddress(address)
                        .maxPayloadSize(maxBodyBytes)
                        .maxTcpConnections(security.connections().connections())
                        // The only protocol is HTTP/1.1, on connections that are watched.
                        .protocolsDiscoverServices(false)
                        .addConnectionSelector(connections)
                        .update(builder -> certificate.ifPresent(tls -> builder.tls(tls.get())))
                        .connectionOptions(sockets.learning(SocketOptions.create()))
                        .serverContext(context)
                        .shutdownGracePeriod(ANSWER_TIME)
                        .shutdownHook(false) // the drain comes first: the process stops this server
                        .directHandlers(directHandlers(problems))
                        .routing(routing -> {
                            routing.addFilter(new AccessLog(security.accessLog()));
                            routing.addFilter(TaskServer::closeWhereAsked);
                            new Endpoints(endpoints, door).route(routing);
                            routing.error(RequestRefused.class, problems::refused)
                                    .error(Throwable.class, problems::defect);
                        })
                        .build()
                        .start();
        if (!server.isRunning()) {
            throw new UncheckedIOException(
                    new BindException("port %d cannot be opened".formatted(address.getPort())));
        }
        reloads.set(server::reloadTls);
        return new TaskServer(server, connections, certificate);
    }

    public int port() {
        return server.port();
    }

    /// Closes the port, after the answers under way are written.
    @Override
    public void close() {
        certificate.ifPresent(WatchedFiles::close);
        server.stop();
        connections.close();
    }

    // Connections that are open go on with the certificate they began with.
    private static WatchedFiles<Tls> certificate(
            TlsFiles files, AtomicReference<Consumer<Tls>> reloads) {
        return WatchedFiles.open(
                "TLS certificate",
                files.all(),
                LOOK_AT_CERTIFICATE,
                ServerTls::of,
                tls -> reloads.get().accept(tls));
    }

    // Helidon 4.5.0 heeds the answer's wish to close (RFC 9112, 9.6), not the request's.
    private static void closeWhereAsked(
            FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        chain.proceed();
    }

    private static DirectHandlers directHandlers(Problems problems) {
        var handlers = DirectHandlers.builder();
        Arrays.stream(EventType.values())
                .forEach(event -> handlers.addHandler(event, problems::refusedByTransport));
        return handlers.build();
    }
}
