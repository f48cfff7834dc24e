package dev.facefusion.runtime.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {

    private static final Duration PERIOD = Duration.ofMillis(10);

    @TempDir private Path directory;
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final List<String> reads = new CopyOnWriteArrayList<>();

    @Test
    void followsAFileThatIsWrittenAnew() throws IOException {
        // given
        var file = Files.writeString(directory.resolve("keys"), "one");
        try (var watched = watch(file)) {
            assertThat(watched.get()).isEqualTo("one");

            // when
            Files.writeString(file, "two");

            // then
            await().until(() -> watched.get().equals("two"));
            await().until(() -> changes.equals(List.of("two")));
        }
    }

    @Test
    void followsAMountedSecret() throws IOException {
        // given: as the kubelet lays it out
        secret("..1", "one");
        Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        var file = Files.createSymbolicLink(directory.resolve("keys"), Path.of("..data/keys"));
        try (var watched = watch(file)) {

            // when
            secret("..2", "two");
            var next = Files.createSymbolicLink(directory.resolve("..data_tmp"), Path.of("..2"));
            Files.move(
                    next,
                    directory.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);

            // then
            await().until(() -> watched.get().equals("two"));
        }
    }

    @Test
    void keepsTheLastGoodValue() throws IOException {
        // given
        var file = Files.writeString(directory.resolve("keys"), "one");
        try (var watched = watch(file)) {

            // when
            Files.writeString(file, "broken");
            await().until(() -> reads.contains("broken"));
            Files.delete(file);
            Files.writeString(file, "two");

            // then
            await().until(() -> watched.get().equals("two"));
            assertThat(changes).containsExactly("two");
        }
    }

    @Test
    void doesNotStartWithoutAGoodValue() throws IOException {
        // given
        var file = Files.writeString(directory.resolve("keys"), "broken");

        // then
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> watch(file))
                .withMessageContainingAll(file.toString(), "broken on purpose");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> watch(directory.resolve("absent")))
                .withMessageContaining("absent");
    }

    private WatchedFiles<String> watch(Path file) {
        return WatchedFiles.open("test", List.of(file), PERIOD, this::read, changes::add);
    }

    private String read(List<byte[]> contents) {
        var text = new String(contents.getFirst(), UTF_8);
        reads.add(text);
        // A file is empty for a moment while it is written.
        if (text.equals("broken") || text.isEmpty()) {
            throw new IllegalArgumentException("broken on purpose");
        }
        return text;
    }

    private void secret(String name, String content) throws IOException {
        Files.writeString(Files.createDirectory(directory.resolve(name)).resolve("keys"), content);
    }
}
