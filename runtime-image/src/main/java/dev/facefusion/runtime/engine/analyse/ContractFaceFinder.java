package dev.facefusion.runtime.engine.analyse;

import dev.facefusion.runtime.engine.detector.FaceDetector;
import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.geometry.FaceShape;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.geometry.Suppression;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.PictureView;
import dev.facefusion.runtime.engine.landmarker.FiveToSixtyEight;
import dev.facefusion.runtime.engine.landmarker.LandmarkCrop;
import dev.facefusion.runtime.engine.landmarker.Landmarker;
import dev.facefusion.runtime.engine.landmarker.Landmarking;
import dev.facefusion.runtime.engine.options.DetectorOptions;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.LandmarkerOptions;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.models.ModelContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Finds faces with FaceFusion's models in FaceFusion's way.
///
/// The detectors look at each turn of the picture; what overlaps is one face. Its five points say
/// how it is turned, and in an upright crop the landmarkers find its 68 points. If they are sure
/// enough, the five points are taken from these, else they stay the detector's.
public final class ContractFaceFinder implements FaceFinder {

    private static final String MANY = "many";

    private static final List<ModelContract> MANY_DETECTORS =
            List.of(ModelContract.RETINAFACE, ModelContract.SCRFD, ModelContract.YOLOFACE);

    /// Of two landmarkers, `2dfan4` may be so much less sure and is preferred.
    private static final double PREFERENCE = 0.2;

    private final SequencedMap<String, FaceDetector> detectors;
    private final SequencedMap<String, Landmarker> landmarkers;
    private final FiveToSixtyEight guess;
    private final LandmarkCrop crop = new LandmarkCrop();

    /// @param detectors by the models' names, at least one, the first for tasks that name none
    /// @param landmarkers likewise
    public ContractFaceFinder(
            SequencedMap<String, FaceDetector> detectors,
            SequencedMap<String, Landmarker> landmarkers,
            FiveToSixtyEight guess) {
        this.detectors = detectors;
        this.landmarkers = landmarkers;
        this.guess = guess;
    }

    @Override
    public List<Face> find(Canvas canvas, Inquiry inquiry, StageClock clock) {
        var options = inquiry.detector();
        // FaceFusion takes a score of 0 for a detector that is switched off.
        if (options.score() == 0) {
            return List.of();
        }
        var candidates = clock.time(Stage.DETECT, () -> candidates(canvas, options));
        return Suppression.best(candidates, options.score(), overlap(options)).stream()
                .map(detection ->
                        clock.time(
                                Stage.LANDMARK,
                                () -> face(canvas, detection, inquiry.landmarker())))
                .toList();
    }

    private List<Detection> candidates(Canvas canvas, DetectorOptions options) {
        var found = new ArrayList<Detection>();
        for (var turn : options.angles()) {
            var view = framed(new PictureView(canvas, turn), options);
            for (var detector : chosen(options)) {
                int side = options.size() == 0 ? detector.sides().getLast() : options.size();
                found.addAll(detector.detect(view, side, options.score()));
            }
        }
        return found;
    }

    private static PictureView framed(PictureView view, DetectorOptions options) {
        var margin = options.margin();
        return new PictureView(
                view.canvas(),
                view.turn(),
                half(view.height(), margin.top()),
                half(view.width(), margin.right()),
                half(view.height(), margin.bottom()),
                half(view.width(), margin.left()));
    }

    private static int half(int size, int percent) {
        return (int) (size * (percent / 100.0) * 0.5);
    }

    private List<FaceDetector> chosen(DetectorOptions options) {
        if (options.model().equals(Optional.of(MANY))) {
            return MANY_DETECTORS.stream().flatMap(this::detectors).toList();
        }
        return List.of(
                options.model()
                        .map(detectors::get)
                        .orElseGet(() -> detectors.firstEntry().getValue()));
    }

    private Stream<FaceDetector> detectors(ModelContract contract) {
        return detectors.values().stream()
                .filter(detector -> detector.contract() == contract)
                .limit(1);
    }

    private static double overlap(DetectorOptions options) {
        if (options.model().equals(Optional.of(MANY))) {
            return 0.1;
        }
        return switch (options.angles().size()) {
            case 2 -> 0.3;
            case 3 -> 0.2;
            case 4 -> 0.1;
            default -> 0.4;
        };
    }

    private Face face(Canvas canvas, Detection detection, LandmarkerOptions options) {
        var guessed = guess.sixtyEight(detection.keyPoints());
        var upright = FaceShape.upright(guessed);
        var landmarking =
                options.score() > 0
                        ? landmarks(canvas, detection, upright, options)
                        : new Landmarking(guessed, 0);
        var sure = landmarking.score() > options.score();
        return new Face(
                detection,
                landmarking.score(),
                sure ? FaceShape.fivePoints(landmarking.points()) : detection.keyPoints(),
                landmarking.points(),
                Optional.empty(),
                upright,
                Optional.empty(),
                Optional.empty());
    }

    private Landmarking landmarks(
            Canvas canvas, Detection detection, QuarterTurn upright, LandmarkerOptions options) {
        crop.cut(canvas, detection.box(), upright);
        if (!options.model().equals(Optional.of(MANY))) {
            return options.model()
                    .map(landmarkers::get)
                    .orElseGet(() -> landmarkers.firstEntry().getValue())
                    .landmarks(crop);
        }
        var preferred = landmarker(Landmarker.Fan2d4.class).orElseThrow().landmarks(crop);
        var other = landmarker(Landmarker.PeppaWutz.class).orElseThrow().landmarks(crop);
        return preferred.score() > other.score() - PREFERENCE ? preferred : other;
    }

    private <T extends Landmarker> Optional<T> landmarker(Class<T> kind) {
        return landmarkers.values().stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    @Override
    public Optional<Objection> objection(FaceOptions options) {
        return objection(options.detector()).or(() -> objection(options.landmarker()));
    }

    private Optional<Objection> objection(DetectorOptions options) {
        var wanted = options.model();
        if (wanted.isPresent() && !available(wanted.get())) {
            return Optional.of(
                    new Objection(
                            "face_detector_model",
                            "one of the detectors here: " + detectors.keySet()));
        }
        var sizes =
                chosen(options).stream()
                        .map(FaceDetector::sides)
                        .reduce((one, other) -> one.stream().filter(other::contains).toList())
                        .orElseThrow();
        return options.size() == 0 || sizes.contains(options.size())
                ? Optional.empty()
                : Optional.of(new Objection("face_detector_size", "one of %s".formatted(sizes)));
    }

    private boolean available(String detector) {
        return detector.equals(MANY)
                ? MANY_DETECTORS.stream()
                        .allMatch(contract -> detectors(contract).findAny().isPresent())
                : detectors.containsKey(detector);
    }

    private Optional<Objection> objection(LandmarkerOptions options) {
        var fits =
                options.model()
                        .map(model ->
                                model.equals(MANY)
                                        ? landmarker(Landmarker.Fan2d4.class).isPresent()
                                                && landmarker(Landmarker.PeppaWutz.class)
                                                        .isPresent()
                                        : landmarkers.containsKey(model))
                        .orElse(true);
        return fits
                ? Optional.empty()
                : Optional.of(
                        new Objection(
                                "face_landmarker_model",
                                "one of the landmarkers here: " + landmarkers.keySet()));
    }
}
