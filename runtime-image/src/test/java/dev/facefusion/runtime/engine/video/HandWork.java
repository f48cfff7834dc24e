package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.FrameWork;
import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.util.Arrays;
import java.util.List;

/// The same work for each worker, without an engine.
record HandWork(int workers, int reach, FrameWork work) implements FrameWorks {

    /// On frames of which each stands for itself.
    HandWork(int workers, FrameWork work) {
        this(workers, 0, work);
    }

    /// Frames stay as they are.
    static HandWork nothing() {
        return new HandWork(1, (_, _, _) -> List.of());
    }

    /// A white square of 40 pixels in the corner, with a generous box around it.
    static HandWork square(int workers) {
        return new HandWork(
                workers,
                (frame, _, clock) -> {
                    var box = new PixelBox(0, 0, 100, 100);
                    clock.time(Stage.BLEND, () -> frame.paint(box, HandWork::drawSquare));
                    return List.of(box);
                });
    }

    private static void drawSquare(Picture picture) {
        for (int y = 0; y < 40; y++) {
            int row = 3 * y * picture.width();
            Arrays.fill(picture.rgb(), row, row + 3 * 40, (byte) 255);
        }
    }

    /// Changes nothing, and takes a while.
    static List<PixelBox> pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    @Override
    public Preparation prepare(int worker, StageListener progress, Cancellation cancellation) {
        return new Preparation.Ready(work);
    }
}
