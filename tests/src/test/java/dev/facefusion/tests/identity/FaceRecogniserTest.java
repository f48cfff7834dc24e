package dev.facefusion.tests.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceRecogniserTest {
    private static final Path MODELS = Path.of("../runtime-image/models");
    private static final Path COLLINS = MODELS.resolve("photos/astronaut.png");
    private static final Path HOPPER = MODELS.resolve("photos/grace_hopper.jpg");

    @Test
    void keepsTwoPeopleApart() throws IOException {
        try (var recogniser = new FaceRecogniser(MODELS)) {
            // given
            Identity collins = recogniser.identify(Files.readAllBytes(COLLINS));

            // when
            Identity hopper = recogniser.identify(Files.readAllBytes(HOPPER));

            // then
            assertThat(collins.distanceTo(hopper)).isBetween(0.65, 0.75);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-20, 25})
    void knowsAPersonInARotatedPicture(double degrees) throws IOException {
        try (var recogniser = new FaceRecogniser(MODELS)) {
            // given
            byte[] photo = Files.readAllBytes(COLLINS);

            // when
            Identity rotated = recogniser.identify(rotate(photo, degrees));

            // then
            assertThat(rotated.distanceTo(recogniser.identify(photo))).isLessThan(0.3);
        }
    }

    private static byte[] rotate(byte[] photo, double degrees) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(photo));
        int size = picture.getWidth();
        var rotation =
                AffineTransform.getRotateInstance(Math.toRadians(degrees), size / 2.0, size / 2.0);
        var out = new ByteArrayOutputStream();
        ImageIO.write(FaceDetector.draw(picture, rotation, size), "png", out);
        return out.toByteArray();
    }
}
