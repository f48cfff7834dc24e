package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.analyse.MeshFaceFinder.Sighting;
import dev.facefusion.runtime.engine.geometry.Affine;
import dev.facefusion.runtime.engine.geometry.Box;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.engine.geometry.Point;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Follows faces from frame to frame by their meshes, without the detector, for as long as that is
/// as good. For the frames of one video.
///
/// The detector looks again when the picture has changed elsewhere than at the faces, since another
/// one may have come, or the scene; when a face is lost, has jumped, looks like another one or met
/// one; and every so many frames anyway.
final class FaceFollower implements FaceFinder {

    /// Of a cell's light, 0 to 255: more than noise, less than a face that comes.
    private static final double SCENE_TOLERANCE = 8;

    /// Of the light of a face that is upright, in the mean: more than a move or a smile, less than
    /// another face.
    private static final double LOOK_TOLERANCE = 12;

    /// So much around a face's mesh moves with it, in shares of its size.
    private static final double SURROUNDINGS = 0.6;

    /// A face that overlaps its former place by less has jumped.
    private static final double LEAST_OVERLAP = 0.5;

    /// Two faces that overlap by more are one.
    private static final double MOST_OVERLAP = 0.3;

    private final MeshFaceFinder finder;
    private final FaceMesh mesh;
    private final int detectEvery;

    private List<Sighting> faces = List.of();
    private List<Box> detectedAt = List.of();
    private Optional<LightGrid> scene = Optional.empty();
    private int sinceDetection;

    /// @param detectEvery of so many frames the detector looks at one at least; 1 for every one
    FaceFollower(MeshFaceFinder finder, FaceMesh mesh, int detectEvery) {
        this.finder = finder;
        this.mesh = mesh;
        this.detectEvery = detectEvery;
    }

    @Override
    public List<Face> find(Canvas canvas, Inquiry inquiry, StageClock clock) {
        var picture = canvas.picture();
        sinceDetection++;
        var grid = LightGrid.of(picture);
        var followed =
                sinceDetection < detectEvery && isSameScene(grid)
                        ? clock.time(Stage.MESH, () -> follow(picture, inquiry))
                        : Optional.<List<Sighting>>empty();
        if (followed.isPresent()) {
            faces = followed.get();
        } else {
            faces = finder.sight(picture, inquiry, clock);
            detectedAt = surroundings(faces);
            scene = Optional.of(grid);
            sinceDetection = 0;
        }
        return faces.stream().map(Sighting::face).toList();
    }

    private boolean isSameScene(LightGrid grid) {
        var except = new ArrayList<>(detectedAt);
        except.addAll(surroundings(faces));
        return !faces.isEmpty()
                && scene.isPresent()
                && scene.get().resembles(grid, except, SCENE_TOLERANCE);
    }

    private static List<Box> surroundings(List<Sighting> faces) {
        return faces.stream()
                .map(face -> meshOf(face).box())
                .map(box -> {
                    var margin = SURROUNDINGS * Math.max(box.width(), box.height());
                    return new Box(
                            box.left() - margin,
                            box.top() - margin,
                            box.right() + margin,
                            box.bottom() + margin);
                })
                .toList();
    }

    private static Landmarks meshOf(Sighting sighting) {
        return sighting.face().mesh().orElseThrow();
    }

    /// All faces, or nothing if one of them cannot be followed.
    private Optional<List<Sighting>> follow(Picture picture, Inquiry inquiry) {
        var followed = new ArrayList<Sighting>();
        for (var face : faces) {
            var found = mesh.follow(picture, meshOf(face));
            var box = found.landmarks().box();
            boolean lost =
                    found.presence() < inquiry.landmarker().score()
                            || found.look().difference(face.look()) > LOOK_TOLERANCE
                            || box.overlap(meshOf(face).box()) < LEAST_OVERLAP
                            || followed.stream()
                                    .anyMatch(other ->
                                            meshOf(other).box().overlap(box) > MOST_OVERLAP);
            if (lost) {
                return Optional.empty();
            }
            followed.add(moved(face.face(), found));
        }
        return Optional.of(followed);
    }

    /// The detection goes where the mesh went.
    private static Sighting moved(Face face, FaceMesh.Found found) {
        var now = FaceShape.fivePoints(found.landmarks());
        var motion = Affine.similarity(face.fivePoints(), now);
        var scale = Math.hypot(motion.xx(), motion.yx());
        var centre = motion.map(face.box().centre());
        var halfWidth = face.box().width() / 2 * scale;
        var halfHeight = face.box().height() / 2 * scale;
        var detection =
                new Detection(
                        face.detectorScore(),
                        around(centre, halfWidth, halfHeight),
                        face.detection().keyPoints().stream().map(motion::map).toList());
        return Sighting.of(detection, found);
    }

    private static Box around(Point centre, double halfWidth, double halfHeight) {
        return new Box(
                centre.x() - halfWidth,
                centre.y() - halfHeight,
                centre.x() + halfWidth,
                centre.y() + halfHeight);
    }

    @Override
    public Optional<Objection> objection(FaceOptions options) {
        return finder.objection(options);
    }
}
