package dev.facefusion.runtime.engine.media.ffmpeg;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;

/// The end of what a child complained of, however much it complained.
final class LastLines {

    private static final int MAX_LINES = 8;
    private static final int MAX_LINE_BYTES = 300;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    /// Reads to the end, and keeps no more than a few lines of it.
    void drain(InputStream stream) {
        var line = new byte[MAX_LINE_BYTES];
        int length = 0;
        try (stream) {
            for (int next = stream.read(); next >= 0; next = stream.read()) {
                if (next == '\n' || next == '\r') {
                    add(new String(line, 0, length, UTF_8));
                    length = 0;
                } else if (length < line.length) {
                    line[length++] = (byte) next;
                }
            }
        } catch (IOException _) {
            // The child was killed while it spoke: what it said so far is what there is.
        }
        add(new String(line, 0, length, UTF_8));
    }

    private synchronized void add(String line) {
        if (!line.isBlank()) {
            lines.addLast(line.strip());
            if (lines.size() > MAX_LINES) {
                lines.removeFirst();
            }
        }
    }

    /// The last lines as one, without addresses of objects, which differ each time.
    synchronized String text() {
        return String.join("; ", lines).replaceAll(" @ 0x[0-9a-f]+", "");
    }
}
