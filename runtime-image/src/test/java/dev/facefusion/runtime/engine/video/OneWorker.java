package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.Preparation;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageListener;
import java.util.OptionalLong;

/// A video's only worker, made ready in advance.
record OneWorker(Preparation preparation, OptionalLong referenceFrame) implements FrameWorks {

    @Override
    public int workers() {
        return 1;
    }

    @Override
    public Preparation prepare(int worker, StageListener progress, Cancellation cancellation) {
        return preparation;
    }
}
