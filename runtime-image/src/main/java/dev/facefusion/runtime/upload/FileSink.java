package dev.facefusion.runtime.upload;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// A part that goes to a file, digested on its way.
///
/// What goes wrong with the file is never an [IOException]: that is kept for the body that the part
/// is read from.
final class FileSink extends OutputStream {

    private final Path path;
    private final OutputStream file;
    private final MessageDigest digest;
    private final long maxBytes;
    private long written;

    private FileSink(Path path, OutputStream file, MessageDigest digest, long maxBytes) {
        this.path = path;
        this.file = file;
        this.digest = digest;
        this.maxBytes = maxBytes;
    }

    static FileSink open(Path path, long maxBytes) {
        try {
            return new FileSink(
                    path,
                    Files.newOutputStream(path),
                    MessageDigest.getInstance("SHA-256"),
                    maxBytes);
        } catch (IOException e) {
            throw failed(path, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        if (written + length > maxBytes) {
            throw new FormException(new FormFault.TooLarge(maxBytes));
        }
        try {
            file.write(from, offset, length);
        } catch (IOException e) {
            throw failed(path, e);
        }
        digest.update(from, offset, length);
        written += length;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    long written() {
        return written;
    }

    /// What was written; to be asked for once, after it is closed.
    StoredFile stored() {
        return new StoredFile(path, written, HexFormat.of().formatHex(digest.digest()));
    }

    // The only sign of a full disk, or of a full quota, is the text of strerror(3).
    static RuntimeException failed(Path path, IOException cause) {
        var message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded")
                ? new FormException(new FormFault.DiskFull())
                : new IllegalStateException("%s cannot be written".formatted(path), cause);
    }
}
