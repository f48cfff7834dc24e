package dev.facefusion.tests.identity;

import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/// Tells whose face a picture shows.
public final class FaceRecogniser implements AutoCloseable {
    private static final int SIZE = 150;

    /// Side of the crop in widths of the detector's box: what the model was verified with.
    private static final double MARGIN = 1.25;

    private final FaceDetector detector;
    private final OnnxModel model;

    /// Loads the detector and the embedding model.
    ///
    /// @param models the folder of the runtime's model files
    public FaceRecogniser(Path models) {
        detector = new FaceDetector(models);
        model = new OnnxModel(models.resolve("face_embedding_128.onnx"));
    }

    /// Finds the face and describes it.
    ///
    /// @param image an encoded picture with exactly one face
    public Identity identify(byte[] image) {
        BufferedImage picture = decode(image);
        Face face = detector.detect(picture);
        var upright = new AffineTransform();
        upright.translate(SIZE / 2.0, SIZE / 2.0);
        upright.scale(SIZE / (MARGIN * face.width()), SIZE / (MARGIN * face.width()));
        upright.rotate(-face.roll());
        upright.translate(-face.centreX(), -face.centreY());
        float[] embedding =
                model.run(FaceDetector.draw(picture, upright, SIZE), 1, 0).get("embedding");
        if (embedding == null) {
            throw new IllegalStateException("the recogniser has no output named embedding");
        }
        return new Identity(embedding);
    }

    private static BufferedImage decode(byte[] image) {
        try {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(image));
            if (picture == null) {
                throw new AssertionError("not a picture: %d bytes".formatted(image.length));
            }
            return picture;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot decode the picture", e);
        }
    }

    @Override
    public void close() {
        detector.close();
        model.close();
    }
}
