package dev.facefusion.runtime.server;

import dev.facefusion.runtime.Form;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A form that any engine takes.
final class Photos {

    private Photos() {}

    static Form form() {
        return Form.of(photo("grace_hopper.jpg"), photo("astronaut.png"));
    }

    private static byte[] photo(String name) {
        try {
            return Files.readAllBytes(Path.of("models/photos", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
