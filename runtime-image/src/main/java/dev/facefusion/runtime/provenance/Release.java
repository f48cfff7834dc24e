package dev.facefusion.runtime.provenance;

import dev.facefusion.runtime.audit.AuditEvent;
import dev.facefusion.runtime.audit.AuditException;
import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.signing.ContentSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// What every result passes before it leaves: it is marked, signed where there is a signer, and
/// written into the audit log, in this order.
///
/// @param models by their names the digests of those that results are made with
public record Release(
        Marker marker, Optional<ContentSigner> signer, AuditLog audit, Map<String, String> models) {

    public Release {
        models = Map.copyOf(models);
    }

    /// With the signer of the class path, if there is one.
    public static Release of(Marker marker, AuditLog audit, Map<String, String> models) {
        return new Release(
                marker, ServiceLoader.load(ContentSigner.class).findFirst(), audit, models);
    }

    /// The picture as it leaves.
    ///
    /// @throws AuditException if the audit log cannot be written
    /// @throws UncheckedIOException if it cannot be signed
    public byte[] picture(byte[] image, String mediaType, String requestId) {
        var released = signed(marker.mark(image, requestId), mediaType, requestId);
        ended(requestId, "swapped", HexFormat.of().formatHex(sha256().digest(released)));
        return released;
    }

    private byte[] signed(byte[] marked, String mediaType, String requestId) {
        if (signer.isEmpty()) {
            return marked;
        }
        try {
            return signer.get().sign(marked, mediaType, requestId);
        } catch (IOException e) {
            throw new UncheckedIOException("the result cannot be signed", e);
        }
    }

    /// Makes a video's file as it leaves, in place.
    ///
    /// @param carriesXmp whether its container does; what others carry the muxer wrote, see
    ///   [Marker#metadata]
    /// @throws IOException if that cannot be done
    /// @throws AuditException if the audit log cannot be written
    public void video(Path file, boolean carriesXmp, String requestId) throws IOException {
        if (carriesXmp) {
            marker.mark(file, requestId);
        }
        if (signer.isPresent()) {
            signer.get().sign(file, requestId);
        }
        ended(requestId, "swapped", sha256(file));
    }

    /// A task that came to nothing.
    ///
    /// @param outcome see [AuditEvent.Ended]
    /// @throws AuditException if the audit log cannot be written
    public void nothing(String requestId, String outcome) {
        ended(requestId, outcome, null);
    }

    private void ended(String requestId, String outcome, @Nullable String output) {
        audit.write(new AuditEvent.Ended(requestId, outcome, output, models));
    }

    /// Digest of a file, as the audit log has it.
    public static String sha256(Path file) throws IOException {
        try (var content = new DigestInputStream(Files.newInputStream(file), sha256())) {
            var buffer = new byte[1 << 16];
            while (content.read(buffer) >= 0) {
                // the digest sees it
            }
            return HexFormat.of().formatHex(content.getMessageDigest().digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
