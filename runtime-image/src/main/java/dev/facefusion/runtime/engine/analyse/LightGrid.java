package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.image.Picture;
import java.util.List;

/// What a picture looks like from afar: the mean light of each cell of a coarse grid.
final class LightGrid {

    private static final int CELLS = 32;

    /// Pixels that are looked at per cell and direction.
    private static final int SAMPLES = 4;

    private final int width;
    private final int height;
    private final float[] light = new float[CELLS * CELLS];

    private LightGrid(int width, int height) {
        this.width = width;
        this.height = height;
    }

    static LightGrid of(Picture picture) {
        var grid = new LightGrid(picture.width(), picture.height());
        for (int cell = 0; cell < grid.light.length; cell++) {
            grid.light[cell] = light(picture, cell % CELLS, cell / CELLS);
        }
        return grid;
    }

    private static float light(Picture picture, int column, int row) {
        int sum = 0;
        for (int j = 0; j < SAMPLES; j++) {
            int y = place(row, j, picture.height());
            for (int i = 0; i < SAMPLES; i++) {
                int at = 3 * (y * picture.width() + place(column, i, picture.width()));
                // Weights of R, G and B in 256ths, those of ITU-R BT.601.
                sum +=
                        77 * (picture.rgb()[at] & 0xFF)
                                + 150 * (picture.rgb()[at + 1] & 0xFF)
                                + 29 * (picture.rgb()[at + 2] & 0xFF);
            }
        }
        return sum / (256f * SAMPLES * SAMPLES);
    }

    private static int place(int cell, int sample, int size) {
        return (int) ((cell + (sample + 0.5) / SAMPLES) * size / CELLS);
    }

    /// How much the light of the cells differs in the mean, 0 to 255.
    double difference(LightGrid other) {
        double sum = 0;
        for (int cell = 0; cell < light.length; cell++) {
            sum += Math.abs(light[cell] - other.light[cell]);
        }
        return sum / light.length;
    }

    /// Whether two pictures look alike wherever none of the boxes is.
    ///
    /// @param tolerance of a cell's light
    boolean resembles(LightGrid other, List<Box> except, double tolerance) {
        if (width != other.width || height != other.height) {
            return false;
        }
        for (int cell = 0; cell < light.length; cell++) {
            if (Math.abs(light[cell] - other.light[cell]) > tolerance && !covered(cell, except)) {
                return false;
            }
        }
        return true;
    }

    private boolean covered(int cell, List<Box> boxes) {
        var cellWidth = (double) width / CELLS;
        var cellHeight = (double) height / CELLS;
        int column = cell % CELLS;
        int row = cell / CELLS;
        var left = column * cellWidth;
        var top = row * cellHeight;
        return boxes.stream()
                .anyMatch(box ->
                        box.left() < left + cellWidth
                                && box.right() > left
                                && box.top() < top + cellHeight
                                && box.bottom() > top);
    }
}
