package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Finds the faces of a picture, whichever way up it is.
public final class FaceFinder {

    /// Below this best score the other three orientations are tried: the detector sees upside-down
    /// faces, but is unsure of them.
    private static final double SURE = 0.82;

    /// So much better must another orientation be, so that upright wins a tie.
    private static final double LEAD = 0.04;

    private static final List<QuarterTurn> TURNS =
            List.of(QuarterTurn.LEFT, QuarterTurn.RIGHT, QuarterTurn.HALF);

    private final FaceDetector detector;
    private final FaceLandmarker landmarker;

    public FaceFinder(FaceDetector detector, FaceLandmarker landmarker) {
        this.detector = detector;
        this.landmarker = landmarker;
    }

    /// All faces, the largest first.
    public List<Face> find(Picture picture, StageClock clock) {
        var detections = new ArrayList<>(clock.time(Stage.DETECT, () -> detect(picture)));
        detections.sort(
                Comparator.comparingDouble((Detection face) -> face.box().area()).reversed());
        var faces = new ArrayList<Face>();
        for (var detection : detections) {
            clock.time(Stage.MESH, () -> landmarker.landmarks(picture, detection))
                    .ifPresent(landmarks -> faces.add(new Face(detection, landmarks)));
        }
        return faces;
    }

    private List<Detection> detect(Picture picture) {
        var faces = detector.detect(picture);
        var best = best(faces);
        if (best >= SURE) {
            return faces;
        }
        for (var turn : TURNS) {
            var turned = detector.detect(picture.turned(turn));
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
