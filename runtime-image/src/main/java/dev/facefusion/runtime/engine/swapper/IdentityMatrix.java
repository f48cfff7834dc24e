package dev.facefusion.runtime.engine.swapper;

import dev.facefusion.runtime.engine.onnx.Initialiser;
import dev.facefusion.runtime.models.ModelException;
import java.util.List;

/// The matrix that takes ArcFace's identities into those of inswapper: a constant of its file that
/// no node of the graph refers to.
final class IdentityMatrix {

    /// Numbers of an identity.
    static final int SIZE = 512;

    private static final String NAME = "buff2fs";
    private static final List<Long> SHAPE = List.of((long) SIZE, (long) SIZE);

    private final float[] values;

    private IdentityMatrix(float[] values) {
        this.values = values;
    }

    /// The constant of that name, or the only one of its shape.
    ///
    /// @param model the swapper's file
    /// @throws ModelException if neither is there
    static IdentityMatrix of(byte[] model) {
        var square =
                Initialiser.of(model).stream()
                        .filter(constant -> constant.shape().equals(SHAPE))
                        .toList();
        var named = square.stream().filter(constant -> constant.name().equals(NAME)).findFirst();
        if (named.isEmpty() && square.size() != 1) {
            throw new ModelException(
                    "the model has no constant %s of %d x %d, and %d others of that size; use FaceFusion's file"
                            .formatted(NAME, SIZE, SIZE, square.size()));
        }
        return new IdentityMatrix(named.orElseGet(square::getFirst).floats());
    }

    /// The identity times the matrix.
    float[] map(float[] identity) {
        var mapped = new float[SIZE];
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                mapped[column] += identity[row] * values[row * SIZE + column];
            }
        }
        return mapped;
    }
}
