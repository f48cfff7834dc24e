package dev.facefusion.runtime.engine.process;

import dev.facefusion.runtime.engine.image.PixelBox;
import dev.facefusion.runtime.engine.options.FaceOptions;
import dev.facefusion.runtime.engine.options.Objection;
import dev.facefusion.runtime.engine.stage.StageClock;
import java.util.Optional;

/// Changes faces, one at a time: a swapper or an enhancer. For one thread.
public interface FaceProcessor {

    /// Changes one face of a canvas in place.
    ///
    /// @return the pixels that may have changed, empty if none
    PixelBox process(FaceTask task, StageClock clock);

    /// What is wrong with a task's options, if anything: a task of which something is must not come
    /// to [#process].
    default Optional<Objection> objection(FaceOptions options) {
        return Optional.empty();
    }

    /// Whether it needs the source's identity.
    default boolean needsSourceIdentity() {
        return false;
    }

    /// Whether it needs the identity of the face that it changes.
    default boolean needsTargetIdentity(FaceOptions options) {
        return false;
    }
}
