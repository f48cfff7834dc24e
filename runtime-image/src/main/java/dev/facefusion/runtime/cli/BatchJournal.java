package dev.facefusion.runtime.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of a batch is done, one JSON object a line, each on the disk before the next item begins: a
/// batch that is started again after a crash leaves out what is done.
///
/// A line counts for the item whose target, sources and options are the same; the last one counts.
/// A last line that breaks off is the trace of a crash, and counts for nothing.
final class BatchJournal implements AutoCloseable {

    static final String FILE = "facefusion-batch.jsonl";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FileChannel file;
    private final Map<String, Entry> entries;

    private BatchJournal(FileChannel file, Map<String, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /// One item that ended.
    ///
    /// @param key tells the item and what was to be done with it
    /// @param state `done`, `failed` or `skipped`
    /// @param reason why it failed
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            String key,
            String target,
            String output,
            String state,
            @JsonProperty("request_id") @Nullable String requestId,
            @Nullable Integer faces,
            @JsonProperty("elapsed_ms") @Nullable Long elapsedMillis,
            @Nullable String reason) {

        static final String DONE = "done";
        static final String FAILED = "failed";
        static final String SKIPPED = "skipped";

        boolean done() {
            return state.equals(DONE);
        }

        Entry skipped() {
            return new Entry(key, target, output, SKIPPED, requestId, faces, null, null);
        }

        String json() {
            try {
                return JSON.writeValueAsString(this);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("an entry is always JSON", e);
            }
        }
    }

    /// Reads what is there and goes on after it.
    ///
    /// @throws CommandException if the file cannot be used
    static BatchJournal open(Path folder) {
        var path = folder.resolve(FILE);
        try {
            var entries = new HashMap<String, Entry>();
            var whole = 0;
            if (Files.exists(path)) {
                var text = Files.readString(path);
                whole = text.substring(0, text.lastIndexOf('\n') + 1).getBytes(UTF_8).length;
                text.lines().forEach(line -> read(line, entries));
            }
            var file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            file.truncate(whole);
            file.position(whole);
            return new BatchJournal(file, entries);
        } catch (IOException e) {
            throw NamedFile.failed(path, "used", e);
        }
    }

    private static void read(String line, Map<String, Entry> entries) {
        try {
            var entry = JSON.readValue(line, Entry.class);
            entries.put(entry.key(), entry);
        } catch (JsonProcessingException _) {
            // the trace of a crash: the item is carried out again
        }
    }

    /// What is done under that key, if its result is still there.
    synchronized @Nullable Entry done(String key) {
        var entry = entries.get(key);
        return entry != null && entry.done() && Files.exists(Path.of(entry.output()))
                ? entry
                : null;
    }

    /// Writes an entry, and returns when it is on the disk.
    ///
    /// @throws CommandException if the disk does not take it
    synchronized void add(Entry entry) {
        try {
            file.write(ByteBuffer.wrap((entry.json() + "\n").getBytes(UTF_8)));
            file.force(false);
            entries.put(entry.key(), entry);
        } catch (IOException e) {
            throw NamedFile.failed(Path.of(FILE), "written", e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
