package dev.facefusion.runtime.engine.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeometryReferenceTest {

    private static final JsonNode EXPECTED = Reference.json("geometry.json");
    private static final double PIXELS = 1e-4;

    private final Landmarks collins = face("collins");
    private final Landmarks hopper = face("hopper");

    private static Landmarks face(String name) {
        return Reference.landmarks(Reference.json("faces.json").get("faces").get(name).get("mesh"));
    }

    @Test
    void placesTheAnchors() {
        assertPoints(Anchors.blazeFace(), Reference.points(EXPECTED.get("anchors")), 1e-7);
    }

    @Test
    void turnsARegionUprightWhateverItsAngle() {
        for (var expected : EXPECTED.get("regions")) {
            // when
            var region = region(expected);

            // then
            assertThat(region.side()).isCloseTo(expected.get("side").doubleValue(), within(PIXELS));
            assertThat(region.angle()).isCloseTo(expected.get("angle").doubleValue(), within(1e-7));
            assertAffine(region.toCrop(192), expected.get("toCrop"));
            assertAffine(region.toCrop(192).inverse(), expected.get("fromCrop"));
        }
    }

    @Test
    void putsCropPointsBackIntoThePicture() {
        // given
        var expected = EXPECTED.get("crop");
        var numbers = Reference.numbers(expected.get("points"));
        var points = new float[numbers.length];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) numbers[i];
        }

        // when
        var placed = Landmarks.ofCrop(points, region(EXPECTED.get("regions").get(0)), 192);

        // then
        var wanted = Reference.landmarks(expected.get("placed"));
        for (int i = 0; i < Landmarks.COUNT; i++) {
            assertPoint(placed.point(i), wanted.point(i), PIXELS);
            assertThat(placed.z(i)).isCloseTo(wanted.z(i), within(PIXELS));
        }
    }

    @Test
    void fitsASimilarity() {
        var expected = EXPECTED.get("similarity");

        var fitted =
                Affine.similarity(
                        Reference.points(expected.get("from")),
                        Reference.points(expected.get("to")));

        assertAffine(fitted, expected.get("matrix"));
    }

    @Test
    void turnsPointsBack() {
        var turned = new Point(10, 20);
        var expected = EXPECTED.get("turns");

        assertThat(QuarterTurn.LEFT.back(turned, 300, 200))
                .isEqualTo(Reference.point(expected.get("1")));
        assertThat(QuarterTurn.HALF.back(turned, 300, 200))
                .isEqualTo(Reference.point(expected.get("2")));
        assertThat(QuarterTurn.RIGHT.back(turned, 300, 200))
                .isEqualTo(Reference.point(expected.get("3")));
    }

    @Test
    void averagesWhatItSuppresses() {
        // given
        var expected = EXPECTED.get("suppression");
        var candidates = new ArrayList<Detection>();
        for (int i = 0; i < expected.get("score").size(); i++) {
            candidates.add(detection(expected.get("score").get(i), expected.get("rows").get(i)));
        }

        // when
        var faces = WeightedSuppression.merge(candidates, 0.3);

        // then
        var merged = expected.get("merged");
        assertThat(faces).hasSize(merged.size());
        for (int i = 0; i < merged.size(); i++) {
            var wanted = detection(merged.get(i).get("score"), merged.get(i).get("row"));
            assertThat(faces.get(i).score()).isCloseTo(wanted.score(), within(1e-8));
            assertThat(faces.get(i).box().left()).isCloseTo(wanted.box().left(), within(1e-7));
            assertThat(faces.get(i).box().bottom()).isCloseTo(wanted.box().bottom(), within(1e-7));
            assertPoints(faces.get(i).keyPoints(), wanted.keyPoints(), 1e-7);
        }
    }

    @Test
    void measuresAFace() {
        var expected = EXPECTED.get("shape");
        var size = expected.get("size").doubleValue();

        assertThat(FaceShape.size(collins)).isCloseTo(size, within(PIXELS));
        assertThat(FaceShape.width(collins))
                .isCloseTo(expected.get("width").doubleValue(), within(PIXELS));
        assertThat(FaceShape.mouthGap(collins))
                .isCloseTo(expected.get("mouthGap").doubleValue(), within(1e-6));
        assertPoints(
                FaceShape.fivePoints(collins),
                Reference.points(expected.get("fivePoints")),
                PIXELS);
        assertPoints(
                FaceShape.aboveBrows(collins, 0.1 * size, 4 * size),
                Reference.points(expected.get("aboveBrows")),
                1e-3);
    }

    @Test
    void paintsFrontTrianglesFromFarToNear() {
        // given
        var expected = EXPECTED.get("paintingOrder");

        // when
        var order = Reference.mesh().paintingOrder(collins);

        // then: equally far triangles may change places
        assertThat(order).hasSize(expected.size());
        int misplaced = 0;
        for (int i = 0; i < order.length; i++) {
            misplaced += order[i] == expected.get(i).intValue() ? 0 : 1;
        }
        assertThat(misplaced).isLessThan(10);
    }

    @Test
    void mapsEachTriangleOntoItsTwin() {
        // given
        var expected = EXPECTED.get("triangleMaps");

        // when
        var maps = Reference.mesh().maps(collins, hopper);

        // then
        for (int i = 0; i < expected.size(); i++) {
            var wanted = Reference.numbers(expected.get(i));
            for (int k = 0; k < 6; k++) {
                double tolerance = 1e-4 * Math.max(1, Math.abs(wanted[k]));
                assertThat((double) maps[6 * 50 * i + k]).isCloseTo(wanted[k], within(tolerance));
            }
        }
    }

    private static RegionOfInterest region(JsonNode node) {
        return RegionOfInterest.of(
                Reference.box(node.get("box")),
                Reference.point(node.get("rightEye")),
                Reference.point(node.get("leftEye")));
    }

    private static Detection detection(JsonNode score, JsonNode row) {
        var numbers = Reference.numbers(row);
        var points = new ArrayList<Point>();
        for (int i = 4; i < numbers.length; i += 2) {
            points.add(new Point(numbers[i], numbers[i + 1]));
        }
        return new Detection(
                score.doubleValue(),
                new Box(numbers[0], numbers[1], numbers[2], numbers[3]),
                points);
    }

    private static void assertAffine(Affine actual, JsonNode expected) {
        var wanted = Reference.affine(expected);
        for (var point : List.of(new Point(0, 0), new Point(100, 0), new Point(0, 100))) {
            assertPoint(actual.map(point), wanted.map(point), PIXELS);
        }
    }

    private static void assertPoints(List<Point> actual, List<Point> expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertPoint(actual.get(i), expected.get(i), tolerance);
        }
    }

    private static void assertPoint(Point actual, Point expected, double tolerance) {
        assertThat(actual.x()).isCloseTo(expected.x(), within(tolerance));
        assertThat(actual.y()).isCloseTo(expected.y(), within(tolerance));
    }
}
