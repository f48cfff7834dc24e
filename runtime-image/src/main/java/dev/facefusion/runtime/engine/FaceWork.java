package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceAnalyser;
import dev.facefusion.runtime.engine.analyse.FaceSelector;
import dev.facefusion.runtime.engine.analyse.FaceTracker;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.Source;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.options.SelectorMode;
import dev.facefusion.runtime.engine.process.FaceProcessor;
import dev.facefusion.runtime.engine.process.FaceTask;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.Optional;

/// Finds the faces of pictures, selects some and changes them, all as one task's options say.
final class FaceWork implements FrameWork {

    private final FaceAnalyser analyser;
    private final List<FaceProcessor> processors;
    private final Source source;
    private final SwapOptions options;
    private final Inquiry inquiry;
    private final Optional<FaceTracker> tracker;
    private final FaceSelector selector;

    /// @param processors those of the options, in their order
    FaceWork(
            FaceAnalyser analyser,
            List<FaceProcessor> processors,
            Source source,
            SwapOptions options) {
        this.analyser = analyser;
        this.processors = processors;
        this.source = source;
        this.options = options;
        var faces = options.faces();
        this.inquiry =
                new Inquiry(
                        faces.detector(),
                        faces.landmarker(),
                        byReference()
                                || processors.stream()
                                        .anyMatch(one -> one.needsTargetIdentity(faces)),
                        faces.selector().asksForTraits());
        this.tracker = faces.tracker().map(one -> new FaceTracker(one.score()));
        this.selector = new FaceSelector(faces.selector(), source.traits(), analyser::distance);
    }

    /// The same work on the frames of one video, in their order.
    ///
    /// @param detectEvery of so many frames a detector looks at one at least
    FaceWork following(int detectEvery) {
        return new FaceWork(analyser.following(detectEvery), processors, source, options);
    }

    private boolean byReference() {
        return options.faces().selector().mode() == SelectorMode.REFERENCE;
    }

    Source source() {
        return source;
    }

    /// The faces to be worked on of a picture that is its own reference.
    List<Face> selectFromStill(Picture picture, StageClock clock) {
        var faces = analyser.analyse(picture, inquiry, clock);
        selector.refer(faces);
        return selector.select(faces);
    }

    @Override
    public void refer(Canvas frame, StageClock clock) {
        if (byReference()) {
            selector.refer(analyser.analyse(frame, inquiry, clock));
        }
    }

    @Override
    public List<Face> find(Canvas frame, StageClock clock) {
        return analyser.analyse(frame, inquiry, clock);
    }

    @Override
    public boolean apply(Canvas frame, FaceWindow window, StageClock clock) {
        var faces = tracker.map(one -> one.faces(window)).orElseGet(window::faces);
        return process(frame, selector.select(faces), clock);
    }

    private boolean isTooSmall(Face face, FrameProcessor processor) {
        var box = face.detection().box();
        return processor == FrameProcessor.FACE_ENHANCER
                && Math.max(box.width(), box.height()) < options.faces().enhancer().smallest();
    }

    /// Has every processor change every face, in place.
    ///
    /// @return whether anything changed
    boolean process(Canvas canvas, List<Face> faces, StageClock clock) {
        boolean changed = false;
        for (int i = 0; i < processors.size(); i++) {
            for (var face : faces) {
                if (isTooSmall(face, options.frameProcessors().get(i))) {
                    continue;
                }
                var task =
                        new FaceTask(canvas, face, source, options.faces(), options.blendRatio());
                changed |= !processors.get(i).process(task, clock).isEmpty();
            }
        }
        return changed;
    }
}
