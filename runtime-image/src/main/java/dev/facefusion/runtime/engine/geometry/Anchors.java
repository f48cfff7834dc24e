package dev.facefusion.runtime.engine.geometry;

import java.util.ArrayList;
import java.util.List;

/// The 896 places from which BlazeFace's regressors measure, relative to the input, 0 to 1.
///
/// Two per cell of a 16 x 16 grid, then six per cell of an 8 x 8 grid; row by row, the copies of
/// one cell in sequence (MediaPipe: four layers of strides 8, 16, 16, 16 with two anchors each).
public final class Anchors {

    private static final List<Point> CENTRES = centres();

    private Anchors() {}

    public static List<Point> blazeFace() {
        return CENTRES;
    }

    private static List<Point> centres() {
        var centres = new ArrayList<Point>();
        grid(16, 2, centres);
        grid(8, 6, centres);
        return List.copyOf(centres);
    }

    private static void grid(int cells, int copies, List<Point> centres) {
        for (int row = 0; row < cells; row++) {
            for (int column = 0; column < cells; column++) {
                var centre = new Point((column + 0.5) / cells, (row + 0.5) / cells);
                for (int copy = 0; copy < copies; copy++) {
                    centres.add(centre);
                }
            }
        }
    }
}
