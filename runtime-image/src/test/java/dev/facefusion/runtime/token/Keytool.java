package dev.facefusion.runtime.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Java's own way to make a certificate.
final class Keytool {

    static final String PASSWORD = "secret";

    private Keytool() {}

    /// A key for 127.0.0.1 and its certificate.
    static void selfSigned(Path store, Path pem) throws IOException {
        run(store, "-genkeypair -alias a -keyalg EC -dname CN=a -ext san=ip:127.0.0.1 -validity 2");
        run(store, "-exportcert -alias a -rfc -file " + pem);
    }

    private static void run(Path store, String arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ", -1)));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(output);
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.toString());
        }
    }
}
