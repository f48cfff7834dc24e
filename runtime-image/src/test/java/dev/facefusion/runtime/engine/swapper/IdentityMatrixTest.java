package dev.facefusion.runtime.engine.swapper;

import static dev.facefusion.runtime.engine.onnx.OnnxBytes.field;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.floats;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.model;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.number;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.packed;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.runtime.models.ModelException;
import org.junit.jupiter.api.Test;

class IdentityMatrixTest {

    private static final int SIZE = IdentityMatrix.SIZE;

    @Test
    void multipliesFromTheLeft() {
        // given: row 2 has a 3 in column 5, row 4 a 7 there
        var values = new float[SIZE * SIZE];
        values[2 * SIZE + 5] = 3;
        values[4 * SIZE + 5] = 7;
        var identity = new float[SIZE];
        identity[2] = 10;
        identity[4] = 1;
        identity[5] = 100;

        // when
        var mapped = IdentityMatrix.of(model(matrix("buff2fs", values))).map(identity);

        // then
        var expected = new float[SIZE];
        expected[5] = 37;
        assertThat(mapped).isEqualTo(expected);
    }

    @Test
    void isFoundByItsNameWhereverItLies() {
        assertThat(firstOf(model(matrix("a", first(1)), matrix("buff2fs", first(2)), small())))
                .isEqualTo(2);
        assertThat(firstOf(model(matrix("buff2fs", first(2)), matrix("z", first(3))))).isEqualTo(2);
    }

    @Test
    void isTheOnlyOneOfItsSizeWhereNoneHasTheName() {
        assertThat(firstOf(model(small(), matrix("a", first(4)), small()))).isEqualTo(4);
    }

    @Test
    void isMissedWhereThereAreTwoOrNone() {
        var two = model(matrix("a", first(1)), matrix("b", first(2)));
        assertThatThrownBy(() -> IdentityMatrix.of(two))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("buff2fs");
        assertThatThrownBy(() -> IdentityMatrix.of(model(small())))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("buff2fs");
    }

    private static float firstOf(byte[] model) {
        var identity = new float[SIZE];
        identity[0] = 1;
        return IdentityMatrix.of(model).map(identity)[0];
    }

    private static float[] first(float value) {
        var values = new float[SIZE * SIZE];
        values[0] = value;
        return values;
    }

    private static byte[] matrix(String name, float[] values) {
        return tensor(
                field(1, packed(SIZE, SIZE)),
                number(2, 1),
                field(8, name),
                field(9, floats(values)));
    }

    private static byte[] small() {
        return tensor(field(1, packed(1)), number(2, 1), field(8, "small"), field(9, floats(9)));
    }
}
