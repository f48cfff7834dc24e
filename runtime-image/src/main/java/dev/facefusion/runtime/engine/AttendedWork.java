package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.engine.analyse.Face;
import dev.facefusion.runtime.engine.analyse.FaceWindow;
import dev.facefusion.runtime.engine.image.Canvas;
import dev.facefusion.runtime.engine.session.ModelSessions.Attendance;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.List;
import java.util.function.Supplier;

/// Work whose models' runs belong to a task, frame by frame: between two frames of a video the
/// engine may work for another.
record AttendedWork(FrameWork work, Supplier<Attendance> attendance) implements FrameWork {

    @Override
    public void refer(Canvas frame, StageClock clock) {
        try (var _ = attendance.get()) {
            work.refer(frame, clock);
        }
    }

    @Override
    public List<Face> find(Canvas frame, StageClock clock) {
        try (var _ = attendance.get()) {
            return work.find(frame, clock);
        }
    }

    @Override
    public boolean apply(Canvas frame, FaceWindow faces, StageClock clock) {
        try (var _ = attendance.get()) {
            return work.apply(frame, faces, clock);
        }
    }
}
