package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Margins;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the faces of a picture with the bundled models, whichever way up it is. What the options
/// say of detectors and meshs is meant for other ones.
public final class MeshFaceFinder implements FaceFinder {

    public static final String DETECTOR = "blazeface_back_256";
    public static final String LANDMARKER = "facemesh_468";

    /// Below this best score the other three orientations are tried: the detector sees upside-down
    /// faces, but is unsure of them.
    private static final double SURE = 0.82;

    /// So much better must another orientation be, so that upright wins a tie.
    private static final double LEAD = 0.04;

    private static final List<QuarterTurn> TURNS =
            List.of(QuarterTurn.LEFT, QuarterTurn.RIGHT, QuarterTurn.HALF);

    private final BlazeFace detector;
    private final FaceMesh mesh;

    public MeshFaceFinder(BlazeFace detector, FaceMesh mesh) {
        this.detector = detector;
        this.mesh = mesh;
    }

    /// A face, and how it looks upright.
    record Sighting(Face face, LightGrid look) {

        static Sighting of(Detection detection, FaceMesh.Found found) {
            return new Sighting(MeshFaceFinder.face(detection, found), found.look());
        }
    }

    @Override
    public List<Face> find(Canvas canvas, Inquiry inquiry, StageClock clock) {
        return sight(canvas.picture(), inquiry, clock).stream().map(Sighting::face).toList();
    }

    List<Sighting> sight(Picture picture, Inquiry inquiry, StageClock clock) {
        var faces = new ArrayList<Sighting>();
        var score = inquiry.detector().score();
        for (var detection : clock.time(Stage.DETECT, () -> detect(picture, score))) {
            var found = clock.time(Stage.MESH, () -> mesh.landmarks(picture, detection));
            if (found.presence() >= inquiry.landmarker().score()) {
                faces.add(Sighting.of(detection, found));
            }
        }
        return faces;
    }

    @Override
    public FaceFinder following(int detectEvery) {
        return follows(detectEvery) ? new FaceFollower(this, mesh, detectEvery) : this;
    }

    @Override
    public boolean follows(int detectEvery) {
        return detectEvery > 1;
    }

    /// These models look at the picture in one way only, and at every turn of it that may help.
    @Override
    public Optional<Objection> objection(FaceOptions options) {
        var detector = options.detector();
        if (!detector.model().orElse(DETECTOR).equals(DETECTOR)) {
            return Optional.of(new Objection("face_detector_model", DETECTOR));
        }
        if (!options.landmarker().model().orElse(LANDMARKER).equals(LANDMARKER)) {
            return Optional.of(new Objection("face_landmarker_model", LANDMARKER));
        }
        if (detector.size() != 0 && detector.size() != BlazeFace.SIZE) {
            return Optional.of(new Objection("face_detector_size", "256x256"));
        }
        return detector.margin().equals(Margins.NONE)
                ? Optional.empty()
                : Optional.of(
                        new Objection(
                                "face_detector_margin", "0, as %s has none".formatted(DETECTOR)));
    }

    private static Face face(Detection detection, FaceMesh.Found found) {
        var points = FaceShape.sixtyEightPoints(found.landmarks());
        return new Face(
                detection,
                found.presence(),
                FaceShape.fivePoints(found.landmarks()),
                points,
                Optional.of(found.landmarks()),
                FaceShape.upright(points),
                Optional.empty(),
                Optional.empty());
    }

    private List<Detection> detect(Picture picture, double score) {
        var faces = detector.detect(picture, score);
        var best = best(faces);
        if (best >= SURE) {
            return faces;
        }
        for (var turn : TURNS) {
            var turned = detector.detect(picture.turned(turn), score);
            if (best(turned) > best + LEAD) {
                best = best(turned);
                faces =
                        turned.stream()
                                .map(face ->
                                        face.map(point ->
                                                turn.back(
                                                        point, picture.width(), picture.height())))
                                .toList();
            }
        }
        return faces;
    }

    private static double best(List<Detection> faces) {
        return faces.stream().mapToDouble(Detection::score).max().orElse(0);
    }
}
