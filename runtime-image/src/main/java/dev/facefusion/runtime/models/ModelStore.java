package dev.facefusion.runtime.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// A directory of models whose digests match its manifest. Local files only: nothing is downloaded.
public final class ModelStore {

    private final Path directory;
    private final List<ModelInfo> models;

    private ModelStore(Path directory, List<ModelInfo> models) {
        this.directory = directory;
        this.models = models;
    }

    /// Reads the manifest and checks every file against it.
    ///
    /// @throws ModelException naming the first file that is missing or differs
    public static ModelStore open(Path directory) {
        var store = new ModelStore(directory, ModelManifest.read(directory).models());
        store.models.forEach(store::read);
        return store;
    }

    /// The models in the manifest's order.
    public List<ModelInfo> models() {
        return models;
    }

    /// The bytes of one model, checked again: a file that changed since is never used.
    ///
    /// @throws ModelException if the manifest has no such model, or its file is no longer intact
    public byte[] bytes(String name) {
        for (var model : models) {
            if (model.name().equals(name)) {
                return read(model);
            }
        }
        throw new ModelException(
                "%s has no model named %s. Use a model directory made for this version."
                        .formatted(directory.resolve(ModelManifest.FILE), name));
    }

    /// One digest for the whole set: two stores with the same digest hold the same models.
    public String digest() {
        var sha256 = sha256();
        models.stream()
                .sorted(Comparator.comparing(ModelInfo::name))
                .map(model -> model.name() + " " + model.sha256() + "\n")
                .forEach(line -> sha256.update(line.getBytes(UTF_8)));
        return HexFormat.of().formatHex(sha256.digest());
    }

    private byte[] read(ModelInfo model) {
        var file = directory.resolve(model.file()).normalize();
        if (!file.startsWith(directory.normalize())) {
            throw new ModelException(
                    "%s lists %s, which lies outside the directory. Correct the manifest."
                            .formatted(directory.resolve(ModelManifest.FILE), model.file()));
        }
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ModelException(
                    "%s cannot be read (%s). Restore it from the distribution."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
        var found = HexFormat.of().formatHex(sha256().digest(bytes));
        if (!found.equals(model.sha256())) {
            throw new ModelException(
                    "%s is not the file of the manifest: expected sha256 %s, found %s. Restore it from the distribution."
                            .formatted(file, model.sha256(), found));
        }
        return bytes;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
