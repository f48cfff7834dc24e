package dev.facefusion.runtime.engine.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Recognises sound among the sources of a task, by its first bytes and never by its name: FLAC,
/// MP3, WAV, Ogg with Vorbis or Opus, and M4A. No source is a video, so that what both may be is
/// sound.
final class SoundFile {

    private static final int LOOK = 12;

    private SoundFile() {}

    /// False also for what cannot be read: whoever wants to see it as a picture says why.
    static boolean is(Path file) {
        try (var content = Files.newInputStream(file)) {
            return is(content.readNBytes(LOOK));
        } catch (IOException _) {
            return false;
        }
    }

    private static boolean is(byte[] bytes) {
        var start = new String(bytes, ISO_8859_1);
        return start.startsWith("fLaC")
                || start.startsWith("ID3")
                || start.startsWith("OggS")
                || (start.startsWith("RIFF") && start.startsWith("WAVE", 8))
                || (start.startsWith("ftyp", 4) && !MediaKind.isStill(start))
                || isMpegAudio(bytes);
    }

    // Eleven ones, then the version and a layer that is not 0; a JPEG has a zero among the ones.
    private static boolean isMpegAudio(byte[] bytes) {
        return bytes.length > 1
                && (bytes[0] & 0xFF) == 0xFF
                && (bytes[1] & 0xE0) == 0xE0
                && (bytes[1] & 0x06) != 0;
    }
}
