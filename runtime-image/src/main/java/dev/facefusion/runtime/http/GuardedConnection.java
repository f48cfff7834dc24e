package dev.facefusion.runtime.http;

import dev.facefusion.runtime.security.ConnectionLimits;
import dev.facefusion.runtime.security.Patience;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One connection, with a clock on every wait for its client. The server blocks in reads and writes
/// without end, because a channel has no timeout of its own: what waits too long is found by
/// [Connections] and cut here, from another thread.
///
/// ```
/// request line and headers ──► body ──► answer ──► idle, then the next request
///   headerTime                 rate     rate       idleTime + headerTime
/// ```
final class GuardedConnection implements ConnectionContext {

    // So much of an answer at once: what is written is what the client has room for.
    private static final int PIECE_BYTES = 64 * 1024;

    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final ConnectionContext connection;
    private final ConnectionLimits limits;
    private final LongSupplier nanoTime;
    private final DataReader reader;
    private final DataWriter writer;

    private volatile Patience reading;
    private volatile Patience writing;
    private volatile boolean answered;
    private volatile boolean closing;
    private volatile boolean inBody;
    private boolean cut; // guarded by this
    private final CountDownLatch told = new CountDownLatch(1);

    GuardedConnection(
            ConnectionContext connection, ConnectionLimits limits, LongSupplier nanoTime) {
        this.connection = connection;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.reader = DataReader.create(this::read);
        this.writer = new Writer();
        this.reading = Patience.atMost(limits.headerTime());
        this.writing = Patience.atRate(limits.bytesPerSecond(), limits.stallTime());
    }

    /// The headers of a request are there.
    void headersRead() {
        answered = false;
        inBody = true;
        reading = Patience.atRate(limits.bytesPerSecond(), limits.stallTime());
        writing = Patience.atRate(limits.bytesPerSecond(), limits.stallTime());
    }

    /// The head of an answer is about to be written.
    ///
    /// @param last whether it tells the client that the connection closes
    void answerBegun(boolean last) {
        answered = true;
        closing = last;
    }

    /// Whether the server waits for the client, and has done so for too long.
    synchronized boolean isLate(long now) {
        return !cut && (reading.isOver(now) || writing.isOver(now));
    }

    /// Ends the connection if its client is still late. A client that is sending its request is
    /// told why.
    ///
    /// @param late makes the whole answer to a request that came too slowly
    void cut(long now, Supplier<byte[]> late) {
        synchronized (this) {
            if (!isLate(now)) {
                return;
            }
            cut = true;
        }
        try {
            if (!answered && (inBody || reading.moved())) {
                connection.dataWriter().writeNow(BufferData.create(late.get()));
            }
        } catch (RuntimeException _) {
            // It is gone: so much the better.
        } finally {
            told.countDown();
            // Closes the channel even where a TLS handshake holds the socket's own lock.
            reading.interrupt();
            writing.interrupt();
        }
    }

    private byte @Nullable [] read() {
        if (closing) {
            // Helidon 4.5.0 would read on, and take the body of a refused request for the next one.
            throw new CloseConnectionException("the last answer is written");
        }
        if (answered) {
            // What comes now is the rest of a body that nobody wanted, or the next request.
            answered = false;
            inBody = false;
            reading = Patience.atMost(limits.idleTime().plus(limits.headerTime()));
        }
        var patience = reading;
        patience.begin(nanoTime.getAsLong());
        var count = 0;
        try {
            var bytes = serverSocket().get();
            count = bytes == null ? 0 : bytes.length;
            return bytes;
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("the client hung up", e);
        } finally {
            patience.end(nanoTime.getAsLong(), count);
            refuseIfCut();
        }
    }

    // Not before the client is told why, unless it does not listen: then the end of the connection
    // ends the attempt.
    private void refuseIfCut() {
        if (!isCut()) {
            return;
        }
        try {
            var _ = told.await(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        throw new CloseConnectionException("the client is too slow");
    }

    private synchronized boolean isCut() {
        return cut;
    }

    /// Writes piece by piece, each with the clock on.
    private final class Writer implements DataWriter {

        @Override
        public void write(BufferData... buffers) {
            writeNow(buffers);
        }

        @Override
        public void write(BufferData buffer) {
            writeNow(buffer);
        }

        @Override
        public void writeNow(BufferData... buffers) {
            for (var buffer : buffers) {
                writeNow(buffer);
            }
        }

        @Override
        public void writeNow(BufferData buffer) {
            while (!buffer.consumed()) {
                var piece = new byte[Math.min(buffer.available(), PIECE_BYTES)];
                var length = buffer.read(piece, 0, piece.length);
                writePiece(BufferData.create(piece, 0, length), length);
            }
        }

        @Override
        public void flush() {
            connection.dataWriter().flush();
        }

        @Override
        public void close() {
            connection.dataWriter().close();
        }

        private void writePiece(BufferData piece, int length) {
            refuseIfCut();
            var patience = writing;
            patience.begin(nanoTime.getAsLong());
            try {
                connection.dataWriter().writeNow(piece);
            } finally {
                patience.end(nanoTime.getAsLong(), length);
            }
        }
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public HelidonSocket serverSocket() {
        return connection.serverSocket();
    }

    @Override
    public ListenerContext listenerContext() {
        return connection.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return connection.executor();
    }

    @Override
    public Router router() {
        return connection.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return connection.proxyProtocolData();
    }

    @Override
    public PeerInfo remotePeer() {
        return connection.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return connection.localPeer();
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }

    @Override
    public String socketId() {
        return connection.socketId();
    }

    @Override
    public String childSocketId() {
        return connection.childSocketId();
    }
}
