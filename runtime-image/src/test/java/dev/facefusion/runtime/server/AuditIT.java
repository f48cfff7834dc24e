package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.Form;
import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The audit log of a server with the bundled engine.
@Timeout(120)
class AuditIT {

    @TempDir private Path directory = Path.of("");

    @Test
    void keepsDigestsAndTheConsentReferenceAndRefusesTasksThatItCannotKeep() throws Exception {
        // given
        var folder = Files.createDirectory(directory.resolve("logs"));
        var file = folder.resolve("audit.jsonl");
        var environment = Map.of("AUDIT_LOG", file.toString(), "SELF_TEST", "off");
        try (var server =
                RunningServer.start(
                                environment,
                                parts ->
                                        () ->
                                                EnginePlan.of(
                                                                parts.models(),
                                                                ExecutionSettings.cpu(2))
                                                        .open())
                        .awaitReady()) {
            var source = Files.readAllBytes(Path.of("models/photos/grace_hopper.jpg"));
            var target = Files.readAllBytes(Path.of("models/photos/astronaut.png"));

            // when
            var answer = server.swap(Form.of(source, target));
            var noFace = server.swap(Form.of(source, "not a picture".getBytes(UTF_8)));

            // then
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(noFace.statusCode()).isEqualTo(415);
            var lines = Files.readAllLines(file).stream().map(AuditIT::json).toList();
            var id = answer.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(lines).hasSize(4);
            assertThat(lines.get(0).get("event").asText()).isEqualTo("requested");
            assertThat(lines.get(0).get("request_id").asText()).isEqualTo(id);
            assertThat(lines.get(0).get("sources").get(0).asText()).isEqualTo(sha256(source));
            assertThat(lines.get(0).get("target").asText()).isEqualTo(sha256(target));
            assertThat(lines.get(0).get("consent").asText()).isEqualTo("release-17");
            assertThat(lines.get(1).get("event").asText()).isEqualTo("ended");
            assertThat(lines.get(1).get("request_id").asText()).isEqualTo(id);
            assertThat(lines.get(1).get("output").asText()).isEqualTo(sha256(answer.body()));
            assertThat(lines.get(1).get("models").get("blazeface_back_256").asText())
                    .startsWith("873639b4");
            assertThat(lines.get(3).get("outcome").asText()).isEqualTo("bad_media");

            // when its disk is gone
            Files.delete(file);
            Files.delete(folder);
            var refused = server.swap(Form.of(source, target));

            // then
            assertThat(refused.statusCode()).isEqualTo(507);
            assertThat(RunningServer.json(refused).get("type").asText()).endsWith(":audit-failed");
        }
    }

    private static JsonNode json(String line) {
        try {
            return RunningServer.json(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
