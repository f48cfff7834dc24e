package dev.facefusion.tests.simulation;

import dev.facefusion.tests.simulation.Behaviour.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A pod's port at the pod's own address. What it does to connections follows from the pod's state:
/// a process that is down refuses, a lossy network swallows, everything else is HTTP.
public final class PodServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PodServer.class);
    private static final int PORT = 8080;
    private static final int BACKLOG = 50;
    private static final int FILLER_TIMEOUT_MILLIS = 100;

    private final InetSocketAddress address;
    private final Conversation conversation;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Socket> fillers = new ArrayList<>();
    private Door door = Door.SHUT;
    private ServerSocket listener;

    private enum Door {
        OPEN,
        SHUT,
        SWALLOWING
    }

    public PodServer(String address, SimulatedPod pod, Deed.Listener deeds) throws IOException {
        this.address = new InetSocketAddress(InetAddress.getByName(address), PORT);
        this.conversation = new Conversation(pod, deeds);
        this.listener = new ServerSocket();
    }

    /// Does what the pod's state asks of its port; at the next call where the address is not free
    /// yet.
    public synchronized void follow(SimulatedPod pod) {
        Kind kind = pod.behaviour().kind();
        Door wanted =
                switch (kind) {
                    case REFUSING -> Door.SHUT;
                    case UNREACHABLE -> Door.SWALLOWING;
                    case HEALTHY,
                            SLOW,
                            HUNG,
                            SILENT,
                            RUBBISH,
                            FAILING,
                            MEMORY,
                            CPU_FALLBACK,
                            LOADING,
                            GPU_LOST ->
                            pod.up() ? Door.OPEN : Door.SHUT;
                };
        if (wanted != door) {
            try {
                set(wanted);
            } catch (BindException _) {
                LOG.atDebug().addKeyValue("address", address).log("Still another pod's");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot serve at " + address, e);
            }
        }
    }

    private void set(Door wanted) throws IOException {
        LOG.atDebug().addKeyValue("address", address).log("{}", wanted);
        shut(wanted == Door.SHUT);
        switch (wanted) {
            case OPEN -> {
                listener = listen(BACKLOG);
                ServerSocket accepting = listener;
                Thread.ofVirtual().name("pod-", 0).start(() -> accept(accepting));
            }
            case SWALLOWING -> {
                listener = listen(1);
                fill();
            }
            case SHUT -> {}
        }
        door = wanted;
    }

    private ServerSocket listen(int backlog) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, backlog);
        return socket;
    }

    /// Nobody accepts: once the queue is full, the kernel drops what else asks for a connection.
    private void fill() throws IOException {
        try {
            while (true) {
                var filler = new Socket();
                fillers.add(filler);
                filler.connect(address, FILLER_TIMEOUT_MILLIS);
            }
        } catch (SocketTimeoutException _) {
            LOG.atDebug().addKeyValue("address", address).log("The queue is full");
        }
    }

    private void accept(ServerSocket accepting) {
        while (!accepting.isClosed()) {
            try {
                Socket connection = accepting.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> converse(connection));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void converse(Socket connection) {
        try (connection) {
            conversation.hold(connection, () -> door == Door.OPEN);
        } catch (IOException e) {
            LOG.atTrace().setCause(e).log("A connection ended");
        } finally {
            connections.remove(connection);
        }
    }

    /// @param reset whether those who are connected learn of it
    private void shut(boolean reset) throws IOException {
        door = Door.SHUT;
        listener.close();
        for (Socket filler : fillers) {
            filler.close();
        }
        fillers.clear();
        if (reset) {
            for (Socket connection : connections) {
                connection.setSoLinger(true, 0);
                connection.close();
            }
            connections.clear();
        }
    }

    @Override
    public synchronized void close() {
        try {
            shut(true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close " + address, e);
        }
    }
}
