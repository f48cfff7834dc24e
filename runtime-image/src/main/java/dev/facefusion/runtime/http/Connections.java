package dev.facefusion.runtime.http;

import dev.facefusion.runtime.security.ConnectionLimits;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Every open connection of the task API. Refuses one too many from the same address, and cuts
/// those whose client is too slow to send its request or to read its answer.
final class Connections implements ServerConnectionSelector, AutoCloseable {

    private static final Duration SWEEP_PERIOD = Duration.ofMillis(500);

    private final ConnectionLimits limits;
    private final Problems problems;
    private final Predicate<InetAddress> proxies;
    private final LongSupplier nanoTime = System::nanoTime;
    private final Http1ConnectionSelector http;
    private final Set<GuardedConnection> open = ConcurrentHashMap.newKeySet();
    private final Map<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();
    private final Thread sweeper;

    private Connections(
            ConnectionLimits limits, Predicate<InetAddress> proxies, Problems problems) {
        this.limits = limits;
        this.problems = problems;
        this.proxies = proxies;
        this.http =
                Http1ConnectionSelector.builder()
                        .config(
                                Http1Config.builder()
                                        .maxHeadersSize(limits.headerBytes())
                                        .maxPrologueLength(limits.uriBytes())
                                        .addReceiveListener(new Requests())
                                        .addSendListener(new Answers())
                                        .build())
                        .build();
        this.sweeper = Thread.ofPlatform().daemon().name("connections").unstarted(this::sweep);
    }

    /// Begins to watch.
    ///
    /// @param proxies whose connections are those of many clients: not limited by address
    static Connections watch(
            ConnectionLimits limits, Predicate<InetAddress> proxies, Problems problems) {
        var connections = new Connections(limits, proxies, problems);
        connections.sweeper.start();
        return connections;
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var address = address(context);
        return enters(address) ? new Watched(context, address) : new Refused(context);
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    private static InetAddress address(ConnectionContext context) {
        return ((InetSocketAddress) context.remotePeer().address()).getAddress();
    }

    private boolean enters(InetAddress address) {
        var now = byAddress.merge(address, 1, Integer::sum);
        if (now <= limits.perAddress() || proxies.test(address)) {
            return true;
        }
        leaves(address);
        return false;
    }

    private void leaves(InetAddress address) {
        byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP_PERIOD);
                cutLate(nanoTime.getAsLong());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    // Each on a thread of its own: a client that does not read could hold up the rest.
    private void cutLate(long now) {
        open.stream()
                .filter(connection -> connection.isLate(now))
                .forEach(connection ->
                        Thread.startVirtualThread(() -> connection.cut(now, this::tooSlow)));
    }

    private byte[] tooSlow() {
        return problems.closing(new Refusal.TooSlow());
    }

    /// Tells each connection where its requests and answers begin.
    private record Requests() implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof GuardedConnection guarded) {
                guarded.headersRead();
            }
        }
    }

    private record Answers() implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof GuardedConnection guarded) {
                guarded.answerBegun(headers.containsToken(HeaderValues.CONNECTION_CLOSE));
            }
        }
    }

    /// A connection that is served, and watched as long as it is.
    private final class Watched implements ServerConnection, InterruptableTask<Void> {

        private final InetAddress address;
        private final GuardedConnection guarded;
        private final ServerConnection served;

        private Watched(ConnectionContext context, InetAddress address) {
            this.address = address;
            this.guarded = new GuardedConnection(context, limits, nanoTime);
            this.served = http.connection(guarded);
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            open.add(guarded);
            try {
                served.handle(limit);
            } finally {
                open.remove(guarded);
                leaves(address);
            }
        }

        @Override
        public Duration idleTime() {
            return served.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            served.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return served instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }

    /// One connection too many: told so, unless that would take a TLS handshake first.
    private final class Refused implements ServerConnection {

        private final ConnectionContext context;

        private Refused(ConnectionContext context) {
            this.context = context;
        }

        @Override
        public void handle(Limit limit) {
            if (!context.isSecure()) {
                context.dataWriter()
                        .writeNow(
                                BufferData.create(
                                        problems.closing(new Refusal.TooManyConnections())));
            }
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            // It closes by itself, at once.
        }
    }
}
