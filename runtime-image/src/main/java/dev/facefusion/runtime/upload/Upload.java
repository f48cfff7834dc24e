package dev.facefusion.runtime.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of one request, and its share of the disk.
public final class Upload implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Upload.class);

    private final Path folder;
    private final LongConsumer giveBack;
    private long reserved;

    Upload(Path folder, long reserved, LongConsumer giveBack) {
        this.folder = folder;
        this.reserved = reserved;
        this.giveBack = giveBack;
    }

    /// Receives a form, to the end of the body. What it turns out not to need of its share of the
    /// disk it gives back.
    ///
    /// @throws FormException if the form is not as the rules want it, or finds no room
    /// @throws IOException if the body cannot be read
    public ReceivedForm receive(InputStream body, String boundary, FormRules rules)
            throws IOException {
        makeFolder();
        var files = new HashMap<String, List<FileSink>>();
        var texts = new HashMap<String, TextSink>();
        MultipartParser.parse(body, boundary, name -> open(name, rules, files, texts));
        var stored = new HashMap<String, List<StoredFile>>();
        files.forEach(
                (name, sinks) -> stored.put(name, sinks.stream().map(FileSink::stored).toList()));
        var read = new HashMap<String, byte[]>();
        texts.forEach((name, sink) -> read.put(name, sink.bytes()));
        keep(stored.values().stream().flatMap(List::stream).mapToLong(StoredFile::bytes).sum());
        return new ReceivedForm(stored, read);
    }

    private void makeFolder() {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw FileSink.failed(folder, e);
        }
    }

    private OutputStream open(
            String name,
            FormRules rules,
            Map<String, List<FileSink>> files,
            Map<String, TextSink> texts) {
        if (rules.files().contains(name)) {
            var same = files.computeIfAbsent(name, _ -> new ArrayList<>());
            if (same.size() == rules.atMost(name)) {
                throw new FormException(new FormFault.RepeatedPart(name));
            }
            var written =
                    files.values().stream()
                            .flatMap(List::stream)
                            .mapToLong(FileSink::written)
                            .sum();
            var path = folder.resolve(same.isEmpty() ? name : name + "-" + same.size());
            var sink = FileSink.open(path, reserved - written);
            same.add(sink);
            return sink;
        }
        if (texts.containsKey(name)) {
            throw new FormException(new FormFault.RepeatedPart(name));
        }
        if (rules.texts().contains(name)) {
            var sink = new TextSink(name);
            texts.put(name, sink);
            return sink;
        }
        throw new FormException(new FormFault.UnknownPart());
    }

    private void keep(long bytes) {
        giveBack.accept(reserved - bytes);
        reserved = bytes;
    }

    /// Removes the files and gives the disk back; a file that was moved away stays where it is.
    @Override
    public void close() {
        try {
            WorkFolder.delete(folder);
        } catch (IOException e) {
            log.atError()
                    .addKeyValue("folder", folder)
                    .setCause(e)
                    .log("Uploaded files cannot be removed");
        } finally {
            keep(0);
        }
    }
}
