package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.MediaKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Files as ffmpeg writes them, under a name that says nothing.
@NeedsFfmpeg
class MediaKindIT {

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-c:v libx264 -f mp4",
                "-c:v libx264 -f mov",
                "-c:v libx264 -f matroska",
                "-c:v libvpx -f webm",
                "-c:v mpeg4 -f avi",
                "-c:v wmv2 -f asf",
                "-c:v mpeg1video -f mpeg",
                "-c:v mpeg2video -f mpeg2video",
                "-c:v libx264 -f mpegts",
                "-c:v libx264 -mpegts_m2ts_mode 1 -f mpegts",
                "-c:v libx264 -f flv",
                "-c:v mpeg2video -f mxf",
                "-c:v libx264 -f h264",
                "-c:v libvpx -f ivf",
                "-c:v gif -f gif",
                "-s 720x576 -pix_fmt yuv420p -c:v dvvideo -f dv"
            })
    void tellsAVideo(String format) {
        var file =
                Footages.make(
                        folder.resolve("file"),
                        "-f lavfi -i testsrc2=size=64x48:rate=25:duration=0.2 " + format + " FILE");

        assertThat(MediaKind.of(file)).isEqualTo(MediaKind.VIDEO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-c:v png", "-c:v mjpeg", "-c:v bmp", "-c:v tiff", "-c:v libwebp"})
    void tellsAPicture(String format) {
        var file =
                Footages.make(
                        folder.resolve("file"),
                        "-f lavfi -i testsrc2=size=64x48 -frames:v 1 -f image2 "
                                + format
                                + " FILE");

        assertThat(MediaKind.of(file)).isEqualTo(MediaKind.PICTURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ffd8ff",
                "00000018667479706865696300000000", // ftypheic
                "0000001c6674797061766966" /* ftypavif */,
                "0000010001002020", // a Windows icon
                "474700",
                "52494646"
            })
    void takesAnythingElseForAPicture(String hex) throws IOException {
        var file = Files.write(folder.resolve("file"), HexFormat.of().parseHex(hex));

        assertThat(MediaKind.of(file)).isEqualTo(MediaKind.PICTURE);
    }

    @Test
    void doesNotGoByTheName() throws IOException {
        var file = Files.writeString(folder.resolve("holiday.mp4"), "some words");

        assertThat(MediaKind.of(file)).isEqualTo(MediaKind.PICTURE);
    }
}
