package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceAnalyser;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// FaceFusion's detectors, landmarkers, recogniser and classifier against the Python reference:
/// `tests/reference/facefusion/analysis_golden.py` wrote what is expected.
class ContractAnalysisIT {

    /// Pixels. What a stand-in says moves with the picture by some pixels over its whole range: one
    /// value that is rounded otherwise moves nothing by as much.
    private static final Offset<Double> NEAR = within(0.02);

    private static ModelSessions sessions;
    private static FaceAnalyser analyser;

    @BeforeAll
    static void open() {
        var store = StandIns.store();
        var lineup = Lineup.of(store.models(), ModelDemand.preferring(StandIns.ANALYSTS));
        sessions = ModelSessions.open(store, lineup.networks(), ExecutionSettings.cpu(1));
        analyser = new Crew(store, lineup, sessions).analyser();
    }

    @AfterAll
    static void close() {
        sessions.close();
    }

    static Stream<Named<JsonNode>> cases() {
        return Reference.json("facefusion_analysis.json")
                .valueStream()
                .map(one -> Named.of(one.get("picture").asText() + " " + one.get("options"), one));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysWhatTheReferenceSays(JsonNode expected) {
        // given
        var picture = StandIns.picture(expected.get("picture").asText());
        var options = StandIns.options(expected.get("options")).faces();
        var inquiry = new Inquiry(options.detector(), options.landmarker(), true, true);

        // when
        var faces =
                analyser.analyse(
                        picture, inquiry, new StageClock((_, _) -> {}, new Cancellation()));

        // then
        assertThat(faces).hasSize(expected.get("faces").size());
        for (int i = 0; i < faces.size(); i++) {
            requireSame(faces.get(i), expected.get("faces").get(i));
        }
    }

    private static void requireSame(Face face, JsonNode expected) {
        requireNear(corners(face.box()), expected.get("box"), NEAR);
        assertThat(face.detectorScore())
                .isCloseTo(expected.get("score").doubleValue(), within(1e-6));
        requireNear(face.detection().keyPoints(), expected.get("detected"), NEAR);
        requireNear(face.fivePoints(), expected.get("five"), NEAR);
        requireNear(face.points(), expected.get("points"), NEAR);
        assertThat(face.landmarkerScore())
                .isCloseTo(expected.get("landmarkerScore").doubleValue(), within(2e-4));
        assertThat(face.upright()).isEqualTo(StandIns.turn(expected.get("angle").intValue()));
        requireEmbedding(face, expected);
        var traits = face.traits().orElseThrow();
        assertThat(traits.gender().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("gender").asText());
        assertThat(traits.race().name().toLowerCase(Locale.ROOT))
                .isEqualTo(expected.get("race").asText());
        assertThat(List.of((double) traits.age().start(), (double) traits.age().end()))
                .containsExactly(
                        expected.get("age").get(0).doubleValue(),
                        expected.get("age").get(1).doubleValue());
    }

    private static void requireEmbedding(Face face, JsonNode expected) {
        var length = expected.get("length").doubleValue();
        var raw = face.identity().orElseThrow().raw();
        var normalised = face.identity().orElseThrow().normalised();
        var numbers = Reference.numbers(expected.get("embedding"));
        for (int i = 0; i < numbers.length; i++) {
            assertThat((double) raw[8 * i]).isCloseTo(numbers[i], within(2e-3 * length));
            assertThat((double) normalised[8 * i]).isCloseTo(numbers[i] / length, within(2e-3));
        }
    }

    private static List<Point> corners(Box box) {
        return List.of(new Point(box.left(), box.top()), new Point(box.right(), box.bottom()));
    }

    private static void requireNear(List<Point> points, JsonNode expected, Offset<Double> near) {
        var numbers = Reference.numbers(expected);
        assertThat(numbers).hasSize(2 * points.size());
        for (int i = 0; i < points.size(); i++) {
            assertThat(points.get(i).x()).isCloseTo(numbers[2 * i], near);
            assertThat(points.get(i).y()).isCloseTo(numbers[2 * i + 1], near);
        }
    }
}
