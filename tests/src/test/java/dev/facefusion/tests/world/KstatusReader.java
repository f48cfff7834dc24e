package dev.facefusion.tests.world;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// Asks kstatus how far a resource is, as Flux, Argo CD and `kubectl wait` would see it.
final class KstatusReader implements AutoCloseable {
    private final Process process;
    private final BufferedWriter documents;
    private final BufferedReader words;

    KstatusReader(Tools tools) {
        process = Tools.start("kstatus", Map.of(), new ProcessBuilder(tools.kstatus()));
        documents = process.outputWriter();
        words = process.inputReader();
    }

    /// @param json one resource, on one line
    synchronized String read(String json) {
        try {
            documents.write(json);
            documents.newLine();
            documents.flush();
            String word = words.readLine();
            if (word == null) {
                throw new IllegalStateException("kstatus has ended");
            }
            return word;
        } catch (IOException e) {
            throw new UncheckedIOException("kstatus does not answer", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
