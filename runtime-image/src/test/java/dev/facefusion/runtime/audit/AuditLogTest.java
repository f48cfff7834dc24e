package dev.facefusion.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    private static final InstantSource NOON =
            InstantSource.fixed(Instant.parse("2026-03-04T12:00:00.123456Z"));
    private static final AuditEvent REQUESTED =
            new AuditEvent.Requested(
                    "r1", List.of("aa", "bb"), "cc", Map.of("blend_ratio", "0.5"), "release-17");

    @TempDir Path directory;

    @Test
    void writesOneJsonObjectALineThatItsOwnerMayRead() throws IOException {
        // given
        var file = directory.resolve("audit.jsonl");

        // when
        try (var log = open(file)) {
            log.write(REQUESTED);
            log.write(new AuditEvent.Ended("r1", "swapped", "dd", Map.of("b", "2", "a", "1")));
        }

        // then
        var json = new JsonMapper();
        assertThat(Files.readAllLines(file))
                .satisfiesExactly(
                        line ->
                                assertThat(json.readTree(line))
                                        .isEqualTo(
                                                json.readTree(
                                                        """
                                                        {"time": "2026-03-04T12:00:00.123Z",
                                                         "event": "requested", "request_id": "r1",
                                                         "sources": ["aa", "bb"], "target": "cc",
                                                         "options": {"blend_ratio": "0.5"},
                                                         "consent": "release-17"}
                                                        """)),
                        line ->
                                assertThat(json.readTree(line))
                                        .isEqualTo(
                                                json.readTree(
                                                        """
                                                        {"time": "2026-03-04T12:00:00.123Z",
                                                         "event": "ended", "request_id": "r1",
                                                         "outcome": "swapped", "output": "dd",
                                                         "models": {"a": "1", "b": "2"}}
                                                        """)));
        assertThat(Files.getPosixFilePermissions(file))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void goesOnAfterWhatIsThere() throws IOException {
        var file = Files.writeString(directory.resolve("audit.jsonl"), "before\n");

        try (var log = open(file)) {
            log.write(REQUESTED);
        }

        assertThat(Files.readAllLines(file)).hasSize(2).first().isEqualTo("before");
    }

    @Test
    void beginsANewFileWhenTheOldOneWasMovedAway() throws IOException {
        // given
        var file = directory.resolve("audit.jsonl");
        var moved = directory.resolve("audit.jsonl.1");

        // when
        try (var log = open(file)) {
            log.write(REQUESTED);
            Files.move(file, moved);
            log.write(REQUESTED);
        }

        // then
        assertThat(Files.readAllLines(moved)).hasSize(1);
        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    @Test
    void saysWhenALineCannotBeWritten() throws IOException {
        var folder = Files.createDirectory(directory.resolve("logs"));
        var file = folder.resolve("audit.jsonl");
        try (var log = open(file)) {
            Files.delete(file);
            Files.delete(folder);

            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> log.write(REQUESTED))
                    .withMessageContaining(file.toString());
        }
    }

    @Test
    void refusesToStartWhereItCannotWrite() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> open(directory.resolve("missing/audit.jsonl")))
                .withMessageContaining("AUDIT_LOG");
    }

    @Test
    void writesNothingWhereThereIsNone() {
        try (var log = AuditLog.open(AuditSettings.from(new Environment(Map.of())), NOON)) {
            log.write(REQUESTED);

            assertThat(log.kept()).isFalse();
        }
    }

    private static AuditLog open(Path file) {
        return AuditLog.open(
                AuditSettings.from(new Environment(Map.of("AUDIT_LOG", file.toString()))), NOON);
    }
}
