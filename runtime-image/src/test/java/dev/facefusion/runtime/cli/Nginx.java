package dev.facefusion.runtime.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/// Debian's Nginx with the example's configuration, on free ports and files of the test.
final class Nginx implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/sbin/nginx");
    private static final Path EXAMPLE = Path.of("../examples/nginx");

    private final Process process;
    private final Path directory;
    private final int port;

    private Nginx(Process process, Path directory, int port) {
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /// Starts it in front of a runtime.
    ///
    /// @param directory has `tls.crt` and `tls.key`, and takes the logs
    /// @param allow the lines of the example's `allow.conf`
    static Nginx start(Path directory, int upstreamPort, String allow) throws IOException {
        var port = freePort();
        // Started by root, its worker is another user: who must get to the folders below.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Files.writeString(directory.resolve("allow.conf"), allow);
        var site =
                Files.readString(EXAMPLE.resolve("facefusion.conf"))
                        .replace("127.0.0.1:8000", "127.0.0.1:" + upstreamPort)
                        .replace("listen 443 ssl", "listen 127.0.0.1:%d ssl".formatted(port))
                        .replace("/etc/nginx/facefusion/", directory + "/")
                        .replace("/var/log/nginx/", directory + "/")
                        .replace("client_header_timeout 10s", "client_header_timeout 1s")
                        .replace("client_body_timeout   20s", "client_body_timeout 1s");
        Files.writeString(directory.resolve("facefusion.conf"), site);
        var main =
                Files.writeString(
                        directory.resolve("nginx.conf"),
                        """
                        daemon off;
                        pid %1$s/nginx.pid;
                        error_log %1$s/start.log crit;
                        worker_processes 1;
                        events { worker_connections 128; }
                        http {
                            client_body_temp_path %1$s/body;
                            proxy_temp_path %1$s/proxy;
                            fastcgi_temp_path %1$s/fastcgi;
                            uwsgi_temp_path %1$s/uwsgi;
                            scgi_temp_path %1$s/scgi;
                            include %1$s/facefusion.conf;
                        }
                        """
                                .formatted(directory));
        var process =
                new ProcessBuilder(PROGRAM.toString(), "-c", main.toString(), "-p", directory + "/")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("output.log").toFile())
                        .start();
        var nginx = new Nginx(process, directory, port);
        await().until(nginx::listens);
        return nginx;
    }

    URI https(String path) {
        return URI.create("https://127.0.0.1:%d%s".formatted(port, path));
    }

    int port() {
        return port;
    }

    /// All that it has logged.
    String logs() throws IOException {
        var text = new StringBuilder();
        try (var files = Files.newDirectoryStream(directory, "*.log")) {
            for (var file : files) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(_ -> process.destroyForcibly())
                .join();
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("nginx did not start: " + logs());
        }
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
