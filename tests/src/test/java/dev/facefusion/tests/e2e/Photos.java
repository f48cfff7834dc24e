package dev.facefusion.tests.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The two people whose photos come with the runtime's models.
enum Photos {
    COLLINS("astronaut.png"),
    HOPPER("grace_hopper.jpg");

    /// The runtime's model files.
    static final Path MODELS = Path.of("../runtime-image/models");

    private final String file;

    Photos(String file) {
        this.file = file;
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(MODELS.resolve("photos").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the photo " + file, e);
        }
    }
}
