package dev.facefusion.tests.misbehaviour;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/// Stands where a pod's health endpoint should and behaves as its argument says: `hang` takes
/// connections and never answers, `refuse` does not listen, `rubbish` answers what is no report.
///
/// One class without nested ones and without dependencies: a ConfigMap carries it into the cluster.
public final class MisbehavingRuntime {
    private static final int HEALTH_PORT = 8080;
    private static final byte[] RUBBISH =
            """
            HTTP/1.1 200 OK\r
            Content-Type: application/json\r
            Content-Length: 24\r
            Connection: close\r
            \r
            {"status": ["who, me?"]
            """
                    .getBytes(StandardCharsets.US_ASCII);

    private MisbehavingRuntime() {}

    /// Runs until it is killed.
    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "hang" -> hang();
            case "refuse" -> refuse();
            case "rubbish" -> talkRubbish();
            default -> throw new IllegalArgumentException("unknown behaviour: " + arguments[0]);
        }
    }

    private static void hang() throws IOException {
        try (ServerSocket server = new ServerSocket(HEALTH_PORT)) {
            while (true) {
                try (Socket caller = server.accept()) {
                    // Ends when the caller loses its patience.
                    caller.getInputStream().transferTo(OutputStream.nullOutputStream());
                }
            }
        }
    }

    private static void refuse() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void talkRubbish() throws IOException {
        try (ServerSocket server = new ServerSocket(HEALTH_PORT)) {
            while (true) {
                try (Socket caller = server.accept()) {
                    var _ = caller.getInputStream().read(new byte[8192]);
                    caller.getOutputStream().write(RUBBISH);
                }
            }
        }
    }
}
