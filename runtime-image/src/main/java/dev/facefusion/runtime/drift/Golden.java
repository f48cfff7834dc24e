package dev.facefusion.runtime.drift;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What the models of a directory make of the sample: `golden.json` and the picture that it names.
sealed interface Golden {

    /// The expected picture.
    ///
    /// @param minimum likeness in decibels
    record Expected(Picture picture, double minimum) implements Golden {}

    /// The directory does not say.
    record Unknown() implements Golden {}

    /// The directory says what cannot be read.
    record Broken(Fault fault) implements Golden {}

    private static Golden broken() {
        return new Broken(Fault.GOLDEN_NOT_INTACT);
    }

    /// The file `golden.json`.
    record Note(
            @JsonProperty(required = true) String result,
            @JsonProperty(required = true) String sha256,
            @JsonProperty(value = "minimum_psnr_db", required = true) double minimum) {}

    /// Reads what a directory expects.
    static Golden read(Path modelDir) {
        var note = modelDir.resolve("golden.json");
        if (!Files.exists(note)) {
            return new Unknown();
        }
        try {
            var golden =
                    JsonMapper.builder().build().readValue(Files.readAllBytes(note), Note.class);
            var file = modelDir.resolve(golden.result()).normalize();
            if (!file.startsWith(modelDir.normalize())) {
                return broken();
            }
            var bytes = Files.readAllBytes(file);
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).equals(golden.sha256())
                            && PictureReader.read(bytes) instanceof Decoded.Intact(var picture)
                    ? new Expected(picture, golden.minimum())
                    : broken();
        } catch (IOException e) {
            return broken();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
