package dev.facefusion.runtime.engine.analyse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.options.AgeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// By hand, and against what `tests/reference/facefusion/tracking_golden.py` wrote.
class FaceTrackerTest {

    private static final List<Face> NOBODY = List.of();

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(
                Reference.json("facefusion_tracking.json").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheReferenceSays(JsonNode expected) {
        // given
        var frames = new ArrayList<List<Face>>();
        for (var frame : expected.get("frames")) {
            frames.add(frame.valueStream().map(FaceTrackerTest::face).toList());
        }
        var window = new FaceWindow(frames);

        // when
        var faces = new FaceTracker(expected.get("score").doubleValue()).faces(window);

        // then
        assertThat(faces).hasSameSizeAs(expected.get("faces"));
        for (int i = 0; i < faces.size(); i++) {
            requireSame(faces.get(i), expected.get("faces").get(i));
        }
    }

    private static Face face(JsonNode fields) {
        var gender = fields.get(3).textValue().toUpperCase(Locale.ROOT);
        return Faces.bent(
                Reference.box(fields.get(0)),
                fields.get(1).doubleValue(),
                fields.get(2).intValue(),
                new Traits(Traits.Gender.valueOf(gender), Traits.Race.WHITE, new AgeRange(30, 39)));
    }

    private static void requireSame(Face face, JsonNode expected) {
        var box = face.box();
        assertThat(new double[] {box.left(), box.top(), box.right(), box.bottom()})
                .containsExactly(Reference.numbers(expected.get("box")), within(1e-5));
        var score = expected.get("score").doubleValue();
        assertThat(face.detectorScore()).isEqualTo(score);
        assertThat(face.landmarkerScore()).isEqualTo(score / 2);
        assertThat(face.identity().orElseThrow().raw()[0])
                .isEqualTo(expected.get("bend").floatValue());
        assertThat(face.traits().orElseThrow().gender().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("gender").textValue());
        var places =
                List.of(
                        face.points().get(0),
                        face.points().get(30),
                        face.points().get(67),
                        face.fivePoints().get(0),
                        face.fivePoints().get(4));
        var wanted = Reference.numbers(expected.get("points"));
        for (int i = 0; i < places.size(); i++) {
            var place = new Point(wanted[2 * i], wanted[2 * i + 1]);
            assertThat(places.get(i).distanceTo(place)).isLessThan(1e-5);
        }
    }

    /// A face of 10 by 10 pixels.
    private static List<Face> at(double left) {
        return List.of(Faces.at(new Box(left, 0, left + 10, 10), left / 100));
    }

    private static List<Face> track(double score, List<List<Face>> frames) {
        return new FaceTracker(score).faces(new FaceWindow(frames));
    }

    @Test
    void leavesTheFacesOfAFrameAloneAsTheyAre() {
        var faces = List.of(at(3).getFirst(), at(0).getFirst(), at(50).getFirst());

        assertThat(track(0, List.of(faces))).isEqualTo(faces);
        assertThat(track(0.3, List.of(faces))).isEqualTo(faces);
    }

    // The boxes lie at 0 and 3, and the middle in between.
    @ParameterizedTest
    @CsvSource({"1, 3, 1.5, 3", "0, 3, 2, 3", "1, 4, 1, 0", "0, 4, 1.5, 3"})
    void fillsAGapAlongAStraightLineAndAsTheNearer(
            int before, int after, double left, double nearer) {
        // given
        var frames = new ArrayList<>(List.of(NOBODY, NOBODY, NOBODY, NOBODY, NOBODY));
        frames.set(before, at(0));
        frames.set(after, at(3));

        // when
        var faces = new FaceTracker(0.3).faces(new FaceWindow(frames));

        // then
        assertThat(faces)
                .singleElement()
                .satisfies(face -> {
                    assertThat(face.box().left()).isCloseTo(left, within(1e-12));
                    assertThat(face.detection().keyPoints().getFirst().x())
                            .isCloseTo(
                                    at(0).getFirst().detection().keyPoints().getFirst().x() + left,
                                    within(1e-12));
                    assertThat(face.detectorScore()).isEqualTo(nearer / 100);
                });
    }

    @Test
    void movesTheMeshToo() {
        // given
        var here = new double[3 * Landmarks.COUNT];
        var there = new double[3 * Landmarks.COUNT];
        Arrays.fill(there, 8);

        // when
        var between = meshed(here).towards(meshed(there), 0.25);

        // then
        var mesh = between.mesh().orElseThrow();
        assertThat(List.of(mesh.x(0), mesh.y(467), mesh.z(467))).containsOnly(2.0);
        assertThat(meshed(here).towards(at(0).getFirst(), 0.25).mesh()).isEmpty();
    }

    private static Face meshed(double... xyz) {
        var face = at(0).getFirst();
        return new Face(
                face.detection(),
                face.landmarkerScore(),
                face.fivePoints(),
                face.points(),
                Optional.of(Landmarks.of(xyz)),
                face.upright(),
                face.identity(),
                face.traits());
    }

    // 10 by 10 pixels, moved by 5: 50 of 150 are shared.
    @Test
    void joinsOnlyWhatOverlapsByMoreThanTheScore() {
        assertThat(track(1.0 / 3, List.of(at(0), NOBODY, at(5)))).isEmpty();
        assertThat(track(0.333, List.of(at(0), NOBODY, at(5)))).hasSize(1);
    }

    // 4 pixels a frame: 60 of 140 are shared with the frame before, 20 of 180 with the one before
    // that.
    @Test
    void followsAFaceByItsLastBox() {
        assertThat(track(0.3, List.of(at(0), at(4), NOBODY, at(8), at(12)))).hasSize(1);
        assertThat(track(0.3, List.of(at(0), NOBODY, NOBODY, at(8), at(12)))).isEmpty();
    }

    @Test
    void givesNothingForATrackThatEndsBeforeTheMiddleOrBeginsAfterIt() {
        assertThat(track(0.3, List.of(at(0), at(0), NOBODY, NOBODY, NOBODY))).isEmpty();
        assertThat(track(0.3, List.of(NOBODY, NOBODY, NOBODY, at(0), at(0)))).isEmpty();
    }

    @Test
    void joinsTheTrackThatAFaceOverlapsMost() {
        // given: two faces in the first frame, of which the third one's overlaps both
        var first = List.of(at(0).getFirst(), at(4).getFirst());

        // when
        var faces = track(0.1, List.of(first, NOBODY, at(3)));

        // then
        assertThat(faces)
                .singleElement()
                .satisfies(face -> assertThat(face.box().left()).isEqualTo(3.5));
    }

    @Test
    void losesNoFaceOfTwoThatOverlap() {
        // given
        var both = List.of(at(0).getFirst(), at(2).getFirst());

        // then
        assertThat(track(0.05, List.of(both, both, both))).isEqualTo(both);
        assertThat(track(0.05, List.of(both, NOBODY, both))).hasSize(2);
    }

    @Test
    void aWindowHasAMiddle() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FaceWindow(List.of(NOBODY, NOBODY)))
                .withMessageContaining("2");
    }
}
