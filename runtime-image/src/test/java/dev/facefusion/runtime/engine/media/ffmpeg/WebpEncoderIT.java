package dev.facefusion.runtime.engine.media.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// WebP files as ffmpeg decodes them again.
@NeedsFfmpeg
@Timeout(60)
class WebpEncoderIT {

    @TempDir private Path folder = Path.of("");

    private final Ffmpeg ffmpeg = Ffmpeg.find(Footages.SEARCH_PATH);
    private final Picture photo = Reference.picture(Reference.photo("astronaut.png"));

    @Test
    void keepsThePictureAndObeysTheQuality() throws IOException {
        // given
        var encoder = WebpEncoder.of(ffmpeg).orElseThrow();

        // when
        var good = encoder.write(photo, 95, new Cancellation());
        var poor = encoder.write(photo, 20, new Cancellation());

        // then
        assertThat(poor.length).isLessThan(good.length / 2);
        assertThat(difference(good)).isLessThan(3);
        assertThat(difference(poor)).isBetween(3.0, 12.0);
    }

    @Test
    void keepsAnOddSize() throws IOException {
        // given
        var odd = Picture.black(7, 5);

        // when
        var file = WebpEncoder.of(ffmpeg).orElseThrow().write(odd, 80, new Cancellation());

        // then
        var written = Files.write(folder.resolve("odd.webp"), file);
        assertThat(Footages.told(written, "v", "width,height")).isEqualTo("7,5");
    }

    @Test
    void isNotThereWhereFfmpegWasBuiltWithoutIt() throws IOException {
        // given
        var without = program("case $* in *-encoders*) echo ' V....D libx264 H.264';; esac");

        // then
        assertThat(WebpEncoder.of(Ffmpeg.open(without, without))).isEmpty();
    }

    @Test
    void saysWhatFfmpegComplainedOf() throws IOException {
        // given: what does not even read its input
        var broken =
                program(
                        "case $* in *-version) ;; *-encoders) echo ' V....D libwebp WebP';;"
                                + " *) echo 'no memory' >&2; exit 3;; esac");
        var encoder = WebpEncoder.of(Ffmpeg.open(broken, broken)).orElseThrow();

        // then
        assertThatExceptionOfType(FfmpegException.class)
                .isThrownBy(() -> encoder.write(photo, 80, new Cancellation()))
                .withMessageContaining("ended with 3: no memory");
    }

    @Test
    void endsWithItsTask() throws IOException {
        // given: what never ends
        var endless =
                program(
                        "case $* in *-version) ;; *-encoders) echo ' V....D libwebp WebP';;"
                                + " *) exec sleep 1000;; esac");
        var encoder = WebpEncoder.of(Ffmpeg.open(endless, endless)).orElseThrow();
        var cancellation = new Cancellation();
        cancellation.cancel();

        // then
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> encoder.write(photo, 80, cancellation));
    }

    private Path program(String script) throws IOException {
        var file =
                Files.writeString(
                        folder.resolve("ffmpeg"),
                        "#!/bin/sh\nPATH=/usr/bin:/bin\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /// The mean of what the decoded file's samples differ by.
    private double difference(byte[] webp) throws IOException {
        var file = Files.write(folder.resolve("picture.webp"), webp);
        var png = Footages.make(folder.resolve("picture.png"), "-i " + file + " FILE");
        var read = Reference.picture(Files.readAllBytes(png)).rgb();
        double difference = 0;
        for (int i = 0; i < read.length; i++) {
            difference += Math.abs((read[i] & 0xFF) - (photo.rgb()[i] & 0xFF));
        }
        return difference / read.length;
    }
}
