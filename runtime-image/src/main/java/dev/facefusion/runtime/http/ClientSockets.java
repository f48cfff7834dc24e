package dev.facefusion.runtime.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The connections of the task server, for seeing that a client hung up while its request waits.
///
/// Helidon reads from a connection only between requests: until then the end of the stream lies in
/// the socket unseen. Here it is looked for, by a read that does not block, on the request's own
/// thread: the only one that reads from the connection.
final class ClientSockets {

    private final int expected;
    private final Map<SocketAddress, SocketChannel> channels = new ConcurrentHashMap<>();

    /// @param expected connections at once, at most; closed ones are forgotten when there are twice
    ///   as many
    ClientSockets(int expected) {
        this.expected = expected;
    }

    /// Options that also make every connection known here.
    SocketOptions learning(SocketOptions options) {
        return new LearningSocketOptions(options, this::opened);
    }

    /// The connection that a request came over, where it is a socket.
    static Optional<Connection> of(ServerRequest request) {
        return request.context()
                .get(ClientSockets.class)
                .map(known -> known.channels.get(request.remotePeer().address()))
                .map(channel -> new Connection(request, channel));
    }

    /// True if bytes of the request's connection were lost: it cannot go on with the next request.
    static boolean isSpoilt(ServerRequest request) {
        return request.context().get(Spoilt.class).isPresent();
    }

    private record Spoilt() {}

    /// A connection whose request is read to its end and not answered yet.
    record Connection(ServerRequest request, SocketChannel channel) {

        /// True once the client closed its end, or the network did.
        ///
        /// A client that sends its next request already has not hung up. The bytes of it that are
        /// read here are lost, so that the connection closes after the answer, as HTTP/1.1 allows
        /// (RFC 9112, 9.3.2). Over TLS every client that closes sends some bytes first.
        boolean hungUp() {
            var scratch = ByteBuffer.allocate(1024);
            try {
                channel.configureBlocking(false);
                try {
                    var read = channel.read(scratch);
                    if (read > 0) {
                        request.context().register(new Spoilt());
                    }
                    return read < 0;
                } finally {
                    channel.configureBlocking(true);
                }
            } catch (IOException _) {
                return true;
            }
        }
    }

    private void opened(SocketChannel channel) {
        if (channels.size() > 2 * expected) {
            channels.values().removeIf(known -> !known.isOpen());
        }
        try {
            channels.put(channel.getRemoteAddress(), channel);
        } catch (IOException _) {
            // gone already
        }
    }
}
