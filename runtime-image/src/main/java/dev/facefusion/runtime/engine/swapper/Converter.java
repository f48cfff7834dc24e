package dev.facefusion.runtime.engine.swapper;

import dev.facefusion.runtime.engine.session.ModelSession;

/// Makes one swapper's identities of the recogniser's (`crossface_ghost` and its like). For one
/// thread.
///
/// Input and output 0: shape (1, 512), not normalised.
public final class Converter {

    private static final String INPUT = "input";

    private final ModelSession model;

    /// @throws dev.facefusion.runtime.models.ModelException if the model has not these shapes
    public Converter(ModelSession model) {
        model.reshape(INPUT, 1, IdentityMatrix.SIZE);
        model.signature().requireOutput(0, 1, IdentityMatrix.SIZE);
        this.model = model;
    }

    float[] convert(float[] identity) {
        model.run(identity);
        var converted = new float[IdentityMatrix.SIZE];
        model.output(0).get(0, converted);
        return converted;
    }
}
