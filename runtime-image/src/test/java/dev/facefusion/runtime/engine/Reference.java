package dev.facefusion.runtime.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.geometry.TriangleMesh;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.process.CanonicalMesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What the Python reference computed: `tests/reference/golden.py` wrote it.
public final class Reference {

    public static final Path MODELS = Path.of("models");

    private Reference() {}

    public static JsonNode json(String name) {
        try {
            return new JsonMapper().readTree(bytes(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(String name) {
        try (var stream = Reference.class.getResourceAsStream("/reference/" + name)) {
            return Objects.requireNonNull(stream, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] photo(String name) {
        try {
            return Files.readAllBytes(MODELS.resolve("photos").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Picture picture(byte[] file) {
        return ((Decoded.Intact) PictureReader.read(file)).picture();
    }

    public static TriangleMesh mesh() {
        try {
            return CanonicalMesh.parse(
                    Files.readAllBytes(MODELS.resolve("canonical_face_mesh.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All numbers of nested arrays, in order.
    public static double[] numbers(JsonNode node) {
        var numbers = new ArrayList<Double>();
        collect(node, numbers);
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void collect(JsonNode node, List<Double> to) {
        if (node.isNumber()) {
            to.add(node.doubleValue());
        }
        node.forEach(child -> collect(child, to));
    }

    public static Point point(JsonNode node) {
        return new Point(node.get(0).doubleValue(), node.get(1).doubleValue());
    }

    public static List<Point> points(JsonNode node) {
        var points = new ArrayList<Point>();
        node.forEach(child -> points.add(point(child)));
        return points;
    }

    public static Box box(JsonNode node) {
        var n = numbers(node);
        return new Box(n[0], n[1], n[2], n[3]);
    }

    public static Affine affine(JsonNode node) {
        var n = numbers(node);
        return new Affine(n[0], n[1], n[2], n[3], n[4], n[5]);
    }

    public static Landmarks landmarks(JsonNode node) {
        return Landmarks.of(numbers(node));
    }

    public static Plane plane(JsonNode node) {
        var plane =
                new Plane().reshape(node.get("width").intValue(), node.get("height").intValue());
        var numbers = numbers(node.get("values"));
        for (int i = 0; i < numbers.length; i++) {
            plane.values()[i] = (float) numbers[i];
        }
        return plane;
    }

    public static Picture picture(JsonNode node) {
        var numbers = numbers(node.get("values"));
        var rgb = new byte[numbers.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) numbers[i];
        }
        return Picture.over(node.get("width").intValue(), node.get("height").intValue(), rgb);
    }
}
