package dev.facefusion.runtime.engine.detector;

import dev.facefusion.runtime.engine.geometry.Detection;
import dev.facefusion.runtime.engine.session.ModelSession;
import dev.facefusion.runtime.engine.session.Signature;
import dev.facefusion.runtime.models.ModelException;
import java.util.List;

/// Reads what a kind of detector says: candidates in the pixels of its input.
sealed interface OutputReading permits YoloReading, AnchorReading, YunetReading {

    /// Checks the outputs of a loaded model.
    ///
    /// @param side of the input; [Signature#OPEN] if the model takes several
    /// @throws ModelException if they are not such a detector's
    void require(Signature signature, int side);

    /// The candidates of the last run, none twice.
    ///
    /// @param side of the input
    /// @param score what a candidate must reach
    List<Detection> candidates(ModelSession model, int side, double score);
}
