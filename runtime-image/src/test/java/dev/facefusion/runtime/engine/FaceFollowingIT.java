package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceAnalyser;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.models.ModelStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Following faces beside looking for them in every frame, on frames made of the two photos: one
/// person nods, a second one comes and goes, the first one tilts and zooms, a cut to the other one,
/// nobody, and back.
class FaceFollowingIT {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 540;
    private static final int DETECT_EVERY = 10;
    private static final Picture COLLINS = Reference.picture(Reference.photo("astronaut.png"));
    private static final Picture HOPPER = Reference.picture(Reference.photo("grace_hopper.jpg"));

    /// The five points of a face that is followed are this near to those of one that is found, in
    /// distances between the eyes.
    private static final double NEAR = 0.08;

    private static ModelSessions sessions;
    private static FaceAnalyser analyser;

    @BeforeAll
    static void open() {
        var store = ModelStore.open(Reference.MODELS);
        var lineup = Lineup.of(store.models(), ModelDemand.preferred());
        sessions = ModelSessions.open(store, lineup.networks(), ExecutionSettings.cpu(1));
        analyser = new Crew(store, lineup, sessions).analyser();
    }

    @AfterAll
    static void close() {
        sessions.close();
    }

    @Test
    void losesAndSwapsNoFaceThatTheDetectorWouldFind() {
        // given
        var stages = new EnumMap<Stage, Integer>(Stage.class);
        var following = analyser.following(DETECT_EVERY);
        var frames = frames();
        int mostAtOnce = 0;

        for (int position = 0; position < frames.size(); position++) {
            // when
            var found = analyse(analyser, frames.get(position), new EnumMap<>(Stage.class));
            var followed = analyse(following, frames.get(position), stages);

            // then
            assertThat(followed).as("frame %d", position).hasSameSizeAs(found);
            for (var face : found) {
                assertThat(followed)
                        .as("frame %d", position)
                        .anyMatch(other -> distance(other, face) < NEAR);
            }
            mostAtOnce = Math.max(mostAtOnce, found.size());
        }
        assertThat(mostAtOnce).isEqualTo(2);
        assertThat(stages.get(Stage.DETECT)).isLessThan(frames.size() / 2);
    }

    @Test
    void looksAtEveryFrameWhereThatIsWanted() {
        // given
        var stages = new EnumMap<Stage, Integer>(Stage.class);
        var following = analyser.following(1);
        var frame = frames().getFirst();

        // when
        for (int i = 0; i < 3; i++) {
            analyse(following, frame, stages);
        }

        // then
        assertThat(stages).containsEntry(Stage.DETECT, 3);
    }

    private static List<Face> analyse(
            FaceAnalyser analyser, Picture frame, Map<Stage, Integer> stages) {
        var options = FaceOptions.defaults();
        var inquiry = new Inquiry(options.detector(), options.landmarker(), false, false);
        var clock =
                new StageClock(
                        (stage, _) -> stages.merge(stage, 1, Integer::sum), new Cancellation());
        return analyser.analyse(frame, inquiry, clock);
    }

    private static double distance(Face one, Face other) {
        var eyes = other.fivePoints().get(0).distanceTo(other.fivePoints().get(1));
        return IntStream.range(0, 5)
                        .mapToDouble(
                                i -> one.fivePoints().get(i).distanceTo(other.fivePoints().get(i)))
                        .max()
                        .orElseThrow()
                / eyes;
    }

    private static List<Picture> frames() {
        var frames = new ArrayList<Picture>();
        for (int i = 0; i < 30; i++) {
            var frame = background();
            place(frame, COLLINS, 0.9, 0, 200, 270 + 3 * Math.sin(i / 4.0));
            if (i >= 13 && i < 24) {
                place(frame, HOPPER, 0.7, 0, 700, 270);
            }
            frames.add(frame);
        }
        for (int i = 0; i < 20; i++) {
            var frame = background();
            place(frame, COLLINS, 0.9 + 0.015 * i, 0.02 * i, 200 + 4 * i, 270);
            frames.add(frame);
        }
        for (int i = 0; i < 15; i++) {
            var frame = background();
            place(frame, HOPPER, 0.8, 0, 280 + i, 270);
            frames.add(frame);
        }
        for (int i = 0; i < 4; i++) {
            frames.add(background());
        }
        for (int i = 0; i < 10; i++) {
            var frame = background();
            place(frame, COLLINS, 0.8, -0.2, 600, 270 + i % 2);
            frames.add(frame);
        }
        return frames;
    }

    private static Picture background() {
        var picture = Picture.black(WIDTH, HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int c = 0; c < 3; c++) {
                    picture.rgb()[3 * (y * WIDTH + x) + c] =
                            (byte) (60 + (x * (c + 1) + 2 * y) / 32);
                }
            }
        }
        return picture;
    }

    /// Draws the head of a photo, an ellipse around the face, centred on a place.
    private static void place(
            Picture frame, Picture photo, double scale, double angle, double x, double y) {
        var head = photo == COLLINS ? new Point(222, 125) : new Point(256, 190);
        double radius = photo == COLLINS ? 105 : 160;
        var cos = Math.cos(angle) * scale;
        var sin = Math.sin(angle) * scale;
        var toFrame =
                new Affine(
                        cos,
                        -sin,
                        x - cos * head.x() + sin * head.y(),
                        sin,
                        cos,
                        y - sin * head.x() - cos * head.y());
        var back = toFrame.inverse();
        var reach = radius * scale * 1.2;
        var box = new Box(x - reach, y - reach, x + reach, y + reach);
        for (int row = (int) Math.max(0, box.top()); row < Math.min(HEIGHT, box.bottom()); row++) {
            for (int column = (int) Math.max(0, box.left());
                    column < Math.min(WIDTH, box.right());
                    column++) {
                var from = back.map(new Point(column, row));
                int fromX = (int) Math.round(from.x());
                int fromY = (int) Math.round(from.y());
                if (from.distanceTo(head) < radius
                        && fromX >= 0
                        && fromY >= 0
                        && fromX < photo.width()
                        && fromY < photo.height()) {
                    System.arraycopy(
                            photo.rgb(),
                            3 * (fromY * photo.width() + fromX),
                            frame.rgb(),
                            3 * (row * WIDTH + column),
                            3);
                }
            }
        }
    }
}
