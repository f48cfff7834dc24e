package dev.facefusion.runtime.engine.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.Reference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureWriterTest {

    private final byte[] photo = Reference.photo("astronaut.png");

    @Test
    void pngKeepsEveryPixel() {
        var picture = Reference.picture(photo);

        var file = PictureWriter.write(picture, OutputFormat.PNG, 95);

        assertThat(Reference.picture(file).rgb()).isEqualTo(picture.rgb());
    }

    @ParameterizedTest
    @EnumSource(names = {"TIFF", "BMP"})
    void otherLosslessFormatsKeepEveryPixel(OutputFormat format) throws IOException {
        // given
        var picture = Reference.picture(photo);

        // when
        var file = PictureWriter.write(picture, format, 95);

        // then
        var read = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(Pixels.of(read).rgb()).isEqualTo(picture.rgb());
    }

    @Test
    void jpegKeepsColoursAndObeysTheQuality() {
        // given
        var picture = Reference.picture(photo);

        // when
        var good = PictureWriter.write(picture, OutputFormat.JPEG, 95);
        var poor = PictureWriter.write(picture, OutputFormat.JPEG, 20);

        // then
        assertThat(poor.length).isLessThan(good.length / 2);
        var read = Reference.picture(good).rgb();
        double difference = 0;
        for (int i = 0; i < read.length; i++) {
            difference += Math.abs((read[i] & 0xFF) - (picture.rgb()[i] & 0xFF));
        }
        assertThat(difference / read.length).isLessThan(3);
    }
}
