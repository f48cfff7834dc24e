package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.audit.AuditSettings;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.signing.ContentSigner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {

    @TempDir Path directory;

    /// Appends a word, and fails for one request.
    private static final ContentSigner SIGNER =
            new ContentSigner() {
                @Override
                public byte[] sign(byte[] image, String mediaType, String requestId)
                        throws IOException {
                    if (requestId.equals("r2")) {
                        throw new IOException("no key");
                    }
                    var seal = ("signed " + mediaType).getBytes(UTF_8);
                    var signed = Arrays.copyOf(image, image.length + seal.length);
                    System.arraycopy(seal, 0, signed, image.length, seal.length);
                    return signed;
                }

                @Override
                public void sign(Path video, String requestId) throws IOException {
                    throw new IOException("no video comes here");
                }
            };

    @Test
    void signsWhatIsMarkedAndKeepsTheDigestOfWhatLeaves() throws Exception {
        // given
        var release = release(Optional.of(SIGNER));

        // when
        var released = release.picture(Reference.photo("grace_hopper.jpg"), "image/jpeg", "r1");

        // then
        assertThat(new String(released, UTF_8))
                .contains("compositeWithTrainedAlgorithmicMedia")
                .endsWith("signed image/jpeg");
        var digest = MessageDigest.getInstance("SHA-256").digest(released);
        assertThat(Files.readString(directory.resolve("audit.jsonl")))
                .contains("\"output\":\"" + HexFormat.of().formatHex(digest) + "\"")
                .contains("\"models\":{\"swapper\":\"aa\"}");
    }

    @Test
    void handsNothingOutThatCannotBeSigned() {
        var release = release(Optional.of(SIGNER));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() ->
                        release.picture(Reference.photo("grace_hopper.jpg"), "image/jpeg", "r2"));

        assertThat(directory.resolve("audit.jsonl")).isEmptyFile();
    }

    @Test
    void withoutASignerTheMarksAreAll() throws IOException {
        var photo = Reference.photo("grace_hopper.jpg");

        var released = release(Optional.empty()).picture(photo, "image/jpeg", "r1");

        assertThat(new String(released, UTF_8)).contains("TC260").doesNotContain("signed");
    }

    private Release release(Optional<ContentSigner> signer) {
        var environment =
                new Environment(Map.of("AUDIT_LOG", directory.resolve("audit.jsonl").toString()));
        var marker =
                new Marker(
                        ProvenanceSettings.from(environment),
                        InstantSource.system(),
                        new SimpleMeterRegistry());
        var audit = AuditLog.open(AuditSettings.from(environment), InstantSource.system());
        return new Release(marker, signer, audit, Map.of("swapper", "aa"));
    }
}
