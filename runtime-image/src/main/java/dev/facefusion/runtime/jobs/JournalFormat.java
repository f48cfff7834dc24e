package dev.facefusion.runtime.jobs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.engine.video.Trim;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The journal's text. Pure. One JSON object a line:
///
/// ```
/// {"crc32c":"9ae0daaf","entry":{"kind":"journal","format":1,"epoch":7}}
/// {"crc32c":"1c291ca3","entry":{"kind":"job","job":{…}}}
/// {"crc32c":"8a9136aa","entry":{"kind":"forgotten","id":"…"}}
/// ```
///
/// The checksum is that of the entry's bytes as they stand there. The last entry about a job
/// counts.
final class JournalFormat {

    static final int VERSION = 1;

    private static final byte[] BEFORE_SUM = "{\"crc32c\":\"".getBytes(US_ASCII);
    private static final byte[] AFTER_SUM = "\",\"entry\":".getBytes(US_ASCII);
    private static final byte[] AFTER_ENTRY = "}\n".getBytes(US_ASCII);
    private static final int SUM_DIGITS = 8;
    private static final int ENTRY_START = BEFORE_SUM.length + SUM_DIGITS + AFTER_SUM.length;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .addModule(new Jdk8Module())
                    .addMixIn(Trim.class, TrimKinds.class)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                    // An older program may read what a newer one wrote.
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .defaultPropertyInclusion(
                            JsonInclude.Value.construct(
                                    JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                    .build();

    private JournalFormat() {}

    /// The names of the cases are part of the format.
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Trim.Whole.class, name = "whole"),
        @JsonSubTypes.Type(value = Trim.Frames.class, name = "frames"),
        @JsonSubTypes.Type(value = Trim.Times.class, name = "times")
    })
    private interface TrimKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Entry.Head.class, name = "journal"),
        @JsonSubTypes.Type(value = Entry.Put.class, name = "job"),
        @JsonSubTypes.Type(value = Entry.Forgotten.class, name = "forgotten")
    })
    sealed interface Entry {

        /// The first line.
        ///
        /// @param epoch how many processes have written this journal
        record Head(int format, long epoch) implements Entry {}

        /// A job as it is from here on.
        record Put(Job job) implements Entry {}

        /// A job that is of no interest any more.
        record Forgotten(String id) implements Entry {}
    }

    /// What a journal says.
    ///
    /// @param jobs in the order of their first entry
    /// @param epoch 0 for an empty journal
    /// @param unreadable lines that are damaged, the last one not counted if it only ends too early
    record Content(List<Job> jobs, long epoch, int unreadable) {

        Content {
            jobs = List.copyOf(jobs);
        }
    }

    static byte[] line(Entry entry) {
        try {
            var json = JSON.writeValueAsBytes(entry);
            var line = new ByteArrayOutputStream(ENTRY_START + json.length + AFTER_ENTRY.length);
            line.writeBytes(BEFORE_SUM);
            line.writeBytes(sum(json, 0, json.length));
            line.writeBytes(AFTER_SUM);
            line.writeBytes(json);
            line.writeBytes(AFTER_ENTRY);
            return line.toByteArray();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry is always JSON", e);
        }
    }

    /// @throws ConfigException if a newer program wrote the journal
    static Content read(byte[] journal) {
        var jobs = new LinkedHashMap<String, Job>();
        var epoch = 0L;
        var unreadable = 0;
        for (int start = 0, end; (end = indexOf('\n', journal, start)) >= 0; start = end + 1) {
            switch (entry(journal, start, end)) {
                case Entry.Head(var format, _) when format > VERSION ->
                        throw new ConfigException(
                                ("The journal of jobs in WORK_DIR has format %d, and this version reads up"
                                                + " to %d. Start the version that wrote it, or set"
                                                + " WORK_DIR to another directory.")
                                        .formatted(format, VERSION));
                case Entry.Head(_, var number) -> epoch = Math.max(epoch, number);
                case Entry.Put(var job) -> jobs.put(job.id(), job);
                case Entry.Forgotten(var id) -> jobs.remove(id);
                case null -> unreadable++;
            }
        }
        return new Content(List.copyOf(jobs.values()), epoch, unreadable);
    }

    // null for a damaged line. A line that is whole and means nothing to this program is damaged,
    // too: its job cannot be carried out.
    private static @Nullable Entry entry(byte[] journal, int start, int end) {
        var entryEnd = end - 1; // the closing brace of the line
        if (entryEnd < start + ENTRY_START
                || !Arrays.equals(
                        journal,
                        start + BEFORE_SUM.length,
                        start + BEFORE_SUM.length + SUM_DIGITS,
                        sum(journal, start + ENTRY_START, entryEnd),
                        0,
                        SUM_DIGITS)) {
            return null;
        }
        try {
            return JSON.readValue(
                    journal, start + ENTRY_START, entryEnd - start - ENTRY_START, Entry.class);
        } catch (IOException _) {
            return null;
        }
    }

    private static byte[] sum(byte[] bytes, int start, int end) {
        var checksum = new CRC32C();
        checksum.update(bytes, start, end - start);
        return HexFormat.of().toHexDigits((int) checksum.getValue()).getBytes(UTF_8);
    }

    private static int indexOf(char wanted, byte[] bytes, int from) {
        for (var i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
