package dev.facefusion.runtime.server;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.provenance.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A directory with some of the stand-ins for FaceFusion's models, and a manifest of them.
final class StandInSet {

    private static final Path STAND_INS = Path.of("src", "test", "resources", "stand-ins");

    /// FaceFusion's words for them, by their files' names.
    private static final Map<String, String> NAMES =
            Map.of("yoloface_8n", "yolo_face", "arcface_w600k_r50", "arcface");

    private final Path directory;
    private final Map<String, String> digests = new TreeMap<>();

    private StandInSet(Path directory) {
        this.directory = directory;
    }

    /// All that find and know faces.
    static StandInSet in(Path directory) throws IOException {
        var set = new StandInSet(directory);
        for (var model : List.of("yoloface_8n", "2dfan4", "fan_68_5", "arcface_w600k_r50")) {
            set.with(model);
        }
        return set;
    }

    StandInSet with(String model) throws IOException {
        return replace(model, model);
    }

    StandInSet without(String model) throws IOException {
        lose(model);
        digests.remove(model);
        return list();
    }

    /// Has another model's file under its name.
    StandInSet replace(String model, String other) throws IOException {
        return replace(model, standIn(other));
    }

    /// Has any file under its name.
    StandInSet replace(String model, Path other) throws IOException {
        copy(other, model);
        digests.put(model, Release.sha256(file(model)));
        return list();
    }

    /// The same, and the manifest does not say so.
    void replaceSilently(String model, String other) throws IOException {
        copy(standIn(other), model);
    }

    /// Deletes its file, and the manifest does not say so.
    void lose(String model) throws IOException {
        Files.delete(file(model));
    }

    // Into the directory in one step, as a model that is being written cannot be loaded.
    private void copy(Path from, String model) throws IOException {
        var whole = Files.copy(from, directory.resolve(model + ".new"));
        Files.move(whole, file(model), StandardCopyOption.REPLACE_EXISTING);
    }

    private StandInSet list() throws IOException {
        var models =
                digests.entrySet().stream()
                        .map(model ->
                                Map.of(
                                        "name",
                                        NAMES.getOrDefault(model.getKey(), model.getKey()),
                                        "file",
                                        model.getKey() + ".onnx",
                                        "sha256",
                                        model.getValue(),
                                        "license",
                                        "Apache-2.0",
                                        "source",
                                        "a stand-in"))
                        .toList();
        Files.write(
                directory.resolve("models.json"),
                JsonMapper.builder().build().writeValueAsBytes(Map.of("models", models)));
        return this;
    }

    private Path file(String model) {
        return directory.resolve(model + ".onnx");
    }

    private static Path standIn(String model) {
        return STAND_INS.resolve(model + ".onnx");
    }
}
