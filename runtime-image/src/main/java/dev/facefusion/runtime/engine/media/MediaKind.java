package dev.facefusion.runtime.engine.media;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/// Whether a file is still or moves, by its first bytes and never by its name.
public enum MediaKind {
    /// Also whatever nobody knows.
    PICTURE,
    /// A video by its signature; ffmpeg may still think otherwise. GIFs are among them.
    VIDEO;

    /// Enough for two packets of an MPEG transport stream with time codes.
    private static final int LOOK = 2 * 192 + 5;

    /// How formats of videos begin, in hexadecimal digits.
    private static final Set<String> BEGINNINGS =
            Set.of(
                    "1a45dfa3", // Matroska, WebM
                    "3026b2758e66cf11", // ASF, of WMV
                    "464c5601", // FLV
                    "4f676753", // Ogg
                    "47494638", // GIF
                    "444b4946", // IVF
                    "060e2b34", // MXF
                    "000001ba", // MPEG program stream
                    "000001b3", // MPEG video
                    "00000001", // H.264 and HEVC after a long start code
                    "00000109", // H.264 after a short one
                    "00000167",
                    "00000140", // HEVC after a short one
                    "1f0700"); // DV

    /// The boxes that an MP4 or MOV begins with, after four bytes for the first one's size.
    private static final Set<String> BOXES =
            Set.of("ftyp", "moov", "mdat", "wide", "free", "skip", "pnot");

    /// The brands of HEIF and AVIF, whose boxes are those of an MP4.
    private static final Set<String> STILL_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

    /// Looks at a file.
    ///
    /// @throws UncheckedIOException if it cannot be read
    public static MediaKind of(Path file) {
        try (var content = Files.newInputStream(file)) {
            return of(content.readNBytes(LOOK));
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(file), e);
        }
    }

    private static MediaKind of(byte[] bytes) {
        var digits = HexFormat.of().formatHex(bytes);
        var start = new String(bytes, ISO_8859_1);
        boolean video =
                BEGINNINGS.stream().anyMatch(digits::startsWith)
                        || (start.startsWith("RIFF") && start.startsWith("AVI ", 8))
                        || isQuickTime(start)
                        || isTransportStream(start);
        return video ? VIDEO : PICTURE;
    }

    private static boolean isQuickTime(String start) {
        return BOXES.stream().anyMatch(box -> start.startsWith(box, 4)) && !isStill(start);
    }

    /// Whether a file that begins so is a HEIF or AVIF.
    static boolean isStill(String start) {
        return STILL_BRANDS.stream().anyMatch(brand -> start.startsWith("ftyp" + brand, 4));
    }

    // Packets of 188 bytes, or of 192 with the byte after a time code of four.
    private static boolean isTransportStream(String start) {
        return Stream.of(new Packets(0, 188), new Packets(4, 192))
                .anyMatch(packets -> packets.fit(start));
    }

    private record Packets(int first, int length) {

        private boolean fit(String start) {
            return Stream.of(first, first + length, first + 2 * length)
                    .allMatch(at -> start.startsWith("G", at));
        }
    }
}
