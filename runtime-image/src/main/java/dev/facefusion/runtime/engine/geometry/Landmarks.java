package dev.facefusion.runtime.engine.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The 468 points of MediaPipe's face mesh, in the picture's pixels; a smaller z is nearer the
/// camera.
public final class Landmarks {

    public static final int COUNT = 468;

    private final double[] xyz;

    private Landmarks(double[] xyz) {
        this.xyz = xyz;
    }

    /// Points found in an upright crop, put back into the picture.
    ///
    /// @param crop 468 times x, y, z in crop pixels, at most `size`
    /// @param region where the crop was taken
    public static Landmarks ofCrop(float[] crop, RegionOfInterest region, int size) {
        if (crop.length != 3 * COUNT) {
            throw new IllegalArgumentException("crop has " + crop.length + " values, not 1404");
        }
        var back = region.toCrop(size).inverse();
        var xyz = new double[3 * COUNT];
        for (int i = 0; i < xyz.length; i += 3) {
            xyz[i] = back.x(crop[i], crop[i + 1]);
            xyz[i + 1] = back.y(crop[i], crop[i + 1]);
            xyz[i + 2] = crop[i + 2] * region.side() / size;
        }
        return new Landmarks(xyz);
    }

    /// Points as they are.
    ///
    /// @param xyz 468 times x, y, z
    public static Landmarks of(double... xyz) {
        if (xyz.length != 3 * COUNT) {
            throw new IllegalArgumentException("xyz has " + xyz.length + " values, not 1404");
        }
        return new Landmarks(xyz.clone());
    }

    public double x(int index) {
        return xyz[3 * index];
    }

    public double y(int index) {
        return xyz[3 * index + 1];
    }

    public double z(int index) {
        return xyz[3 * index + 2];
    }

    double coordinate(int index, int axis) {
        return xyz[3 * index + axis];
    }

    public Point point(int index) {
        return new Point(x(index), y(index));
    }

    public List<Point> points(int... indices) {
        return Arrays.stream(indices).mapToObj(this::point).toList();
    }

    public double distance(int first, int second) {
        return Math.hypot(x(first) - x(second), y(first) - y(second));
    }

    public Point mean(int... indices) {
        double x = 0;
        double y = 0;
        for (int index : indices) {
            x += x(index);
            y += y(index);
        }
        return new Point(x / indices.length, y / indices.length);
    }

    public Point centre() {
        return mean(IntStream.range(0, COUNT).toArray());
    }

    public Box box() {
        return Box.around(points(IntStream.range(0, COUNT).toArray()));
    }

    /// Each point on its line to another face's, 0 here to 1 there, z with it.
    public Landmarks towards(Landmarks other, double share) {
        var between = new double[xyz.length];
        for (int i = 0; i < xyz.length; i++) {
            between[i] = (1 - share) * xyz[i] + share * other.xyz[i];
        }
        return new Landmarks(between);
    }

    /// The points scaled, then moved; z stays as it is.
    public Landmarks placed(double scaleX, double scaleY, double dx, double dy) {
        var placed = xyz.clone();
        for (int i = 0; i < placed.length; i += 3) {
            placed[i] = placed[i] * scaleX + dx;
            placed[i + 1] = placed[i + 1] * scaleY + dy;
        }
        return new Landmarks(placed);
    }
}
