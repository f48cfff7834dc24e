package dev.facefusion.tests.identity;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;

/// BlazeFace (back camera, 256 pixels) for pictures with exactly one face: the mean of all
/// confident candidates, weighted by their scores, is that face.
final class FaceDetector implements AutoCloseable {
    private static final int SIZE = 256;
    private static final double MIN_SCORE = 0.5;

    private final OnnxModel model;

    FaceDetector(Path models) {
        model = new OnnxModel(models.resolve("blazeface_back_256.onnx"));
    }

    Face detect(BufferedImage picture) {
        double scale = (double) SIZE / Math.max(picture.getWidth(), picture.getHeight());
        double padX = (SIZE - picture.getWidth() * scale) / 2;
        double padY = (SIZE - picture.getHeight() * scale) / 2;
        var placement = new AffineTransform(scale, 0, 0, scale, padX, padY);
        Map<String, float[]> outputs = model.run(draw(picture, placement, SIZE), 1 / 127.5f, -1);

        var mean = new WeightedMean();
        mean.addAll(outputs, "_16", 16);
        mean.addAll(outputs, "_8", 8);
        return mean.face(padX, padY, scale);
    }

    static BufferedImage draw(BufferedImage picture, AffineTransform placement, int size) {
        var square = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = square.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, placement, null);
        graphics.dispose();
        return square;
    }

    @Override
    public void close() {
        model.close();
    }

    /// Centre, width and the two eyes, in network pixels.
    private static final class WeightedMean {
        private static final int[] COLUMNS = {0, 1, 2, 4, 5, 6, 7};

        private final double[] sums = new double[COLUMNS.length];
        private double weight;

        void addAll(Map<String, float[]> outputs, String suffix, int grid) {
            float[] scores = outputs.get("scores" + suffix);
            float[] boxes = outputs.get("boxes" + suffix);
            if (scores == null || boxes == null) {
                throw new IllegalStateException("not the expected detector: " + outputs.keySet());
            }
            int perCell = scores.length / (grid * grid);
            for (int i = 0; i < scores.length; i++) {
                double score = 1 / (1 + Math.exp(-scores[i]));
                if (score >= MIN_SCORE) {
                    int row = i / perCell / grid;
                    int column = i / perCell % grid;
                    add(score, boxes, i * 16, (column + 0.5) / grid, (row + 0.5) / grid);
                }
            }
        }

        private void add(double score, float[] boxes, int row, double anchorX, double anchorY) {
            for (int k = 0; k < COLUMNS.length; k++) {
                int column = COLUMNS[k];
                double anchor = column == 2 ? 0 : column % 2 == 0 ? anchorX : anchorY;
                sums[k] += score * (boxes[row + column] + anchor * SIZE);
            }
            weight += score;
        }

        Face face(double padX, double padY, double scale) {
            if (weight == 0) {
                throw new AssertionError("no face in the picture");
            }
            double roll = Math.atan2(sums[6] - sums[4], sums[5] - sums[3]);
            return new Face(
                    (sums[0] / weight - padX) / scale,
                    (sums[1] / weight - padY) / scale,
                    sums[2] / weight / scale,
                    roll);
        }
    }
}
