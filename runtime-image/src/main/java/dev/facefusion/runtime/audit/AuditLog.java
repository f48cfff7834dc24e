package dev.facefusion.runtime.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.facefusion.runtime.audit.AuditSettings.Durability;
import dev.facefusion.runtime.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of JSON lines that only grows. Any thread may write to it; each line is written at once,
/// so that several processes may share one file of a local disk.
///
/// Rotation is the platform's: when the file was moved away, the next line begins a new one.
public final class AuditLog implements AutoCloseable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    private static final Set<StandardOpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);

    private final Optional<Path> path;
    private final Durability durability;
    private final InstantSource clock;
    private @Nullable FileChannel file;
    private @Nullable Object identity;

    private AuditLog(AuditSettings settings, InstantSource clock) {
        this.path = settings.file();
        this.durability = settings.durability();
        this.clock = clock;
    }

    /// Opens the file, or makes it, for its owner's eyes only.
    ///
    /// @throws ConfigException if it cannot be written
    public static AuditLog open(AuditSettings settings, InstantSource clock) {
        var log = new AuditLog(settings, clock);
        try {
            if (log.path.isPresent()) {
                log.current(log.path.get());
            }
            return log;
        } catch (IOException e) {
            throw new ConfigException(
                    "AUDIT_LOG is \"%s\", which cannot be written (%s). Set it to a file that can."
                            .formatted(log.path.orElseThrow(), e.getClass().getSimpleName()));
        }
    }

    /// Whether there is one.
    public boolean kept() {
        return path.isPresent();
    }

    /// Writes one line, and returns when it is as safe as the settings want it; does nothing where
    /// there is no log.
    ///
    /// @throws AuditException if it cannot be written: what it speaks of must not go on
    public synchronized void write(AuditEvent event) {
        if (path.isEmpty()) {
            return;
        }
        try {
            var channel = current(path.get());
            var line = ByteBuffer.wrap(line(event).getBytes(UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            if (durability == Durability.DISK) {
                channel.force(false);
            }
        } catch (IOException e) {
            throw new AuditException("the audit log %s cannot be written".formatted(path.get()), e);
        }
    }

    private FileChannel current(Path named) throws IOException {
        var open = file;
        var now = identity(named);
        if (open != null && now != null && now.equals(identity)) {
            return open;
        }
        if (open != null) {
            open.close();
        }
        var onlyOwner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var opened = FileChannel.open(named, APPENDING, onlyOwner);
        file = opened;
        identity = identity(named);
        return opened;
    }

    // The file that bears the name now; null if there is none.
    private static @Nullable Object identity(Path named) throws IOException {
        try {
            return Files.readAttributes(named, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    private String line(AuditEvent event) {
        try {
            var time = clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
            var line = JSON.createObjectNode().put("time", time);
            line.setAll(JSON.<ObjectNode>valueToTree(event));
            return JSON.writeValueAsString(line) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event is always JSON", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            var open = file;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new AuditException("the audit log cannot be closed", e);
        }
    }
}
