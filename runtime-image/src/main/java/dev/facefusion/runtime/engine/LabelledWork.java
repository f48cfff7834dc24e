package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.label.VisibleLabel;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.Optional;

/// Work whose every frame bears a label, also one that shows no face: a video is labelled from its
/// first frame to its last, and so is every part that somebody cuts out of it.
record LabelledWork(FrameWork work, VisibleLabel label) implements FrameWork {

    static FrameWork of(FrameWork work, Optional<VisibleLabel> label) {
        return label.<FrameWork>map(visible -> new LabelledWork(work, visible)).orElse(work);
    }

    @Override
    public void refer(Canvas frame, StageClock clock) {
        work.refer(frame, clock);
    }

    @Override
    public List<Face> find(Canvas frame, StageClock clock) {
        return work.find(frame, clock);
    }

    @Override
    public boolean apply(Canvas frame, FaceWindow faces, StageClock clock) {
        work.apply(frame, faces, clock);
        label.draw(frame);
        return true;
    }
}
