package dev.facefusion.runtime.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a look at a listed model's file found.
public sealed interface ModelCheck {

    /// The file is the one that is listed, or the list does not say which it must be.
    record Intact(ModelInfo model) implements ModelCheck {}

    /// The file is another one.
    record Altered(ListedModel model, String expected, String found) implements ModelCheck {}

    /// The file is not there, or cannot be read.
    record Unreadable(ListedModel model, IOException cause) implements ModelCheck {}

    /// Reads the file to its end.
    static ModelCheck of(ListedModel model) {
        try {
            var found = digest(model.path());
            var expected = model.sha256().orElse(found);
            return found.equals(expected)
                    ? new Intact(model.intact(found))
                    : new Altered(model, expected, found);
        } catch (IOException e) {
            return new Unreadable(model, e);
        }
    }

    /// The model.
    ///
    /// @throws ModelException naming its file and the remedy, if it is not intact
    default ModelInfo orThrow() {
        return switch (this) {
            case Intact(var model) -> model;
            case Altered(var model, var expected, var found) ->
                    throw altered(model.path(), expected, found);
            case Unreadable(var model, var cause) -> throw unreadable(model.path(), cause);
        };
    }

    static ModelException altered(Path file, String expected, String found) {
        return new ModelException(
                "%s is not the file of the manifest: expected sha256 %s, found %s. Restore it from the distribution."
                        .formatted(file, expected, found));
    }

    static ModelException unreadable(Path file, IOException cause) {
        return new ModelException(
                "%s cannot be read (%s). Restore it from the distribution."
                        .formatted(file, cause.getClass().getSimpleName()),
                cause);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String digest(Path file) throws IOException {
        var sha256 = sha256();
        var buffer = new byte[1 << 16];
        try (var content = Files.newInputStream(file)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
