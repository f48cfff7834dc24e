package dev.facefusion.runtime.engine.onnx;

import static dev.facefusion.runtime.engine.onnx.OnnxBytes.bytes;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.field;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.floats;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.joined;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.model;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.number;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.packed;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.single;
import static dev.facefusion.runtime.engine.onnx.OnnxBytes.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.runtime.models.ModelException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages written byte by byte, as the specification of Protocol Buffers has them.
class InitialiserTest {

    private static final int FLOAT_32 = 1;
    private static final int FLOAT_16 = 10;

    private static final byte[] TWO_BY_TWO = field(1, packed(2, 2));

    @Test
    void readsNamesAndShapes() {
        // given: the second shape is one field per number
        var model =
                model(
                        tensor(field(8, "first"), TWO_BY_TWO),
                        tensor(field(8, "second"), number(1, 300), number(1, 1)));

        // when
        var found = Initialiser.of(model);

        // then
        assertThat(found).extracting(Initialiser::name).containsExactly("first", "second");
        assertThat(found)
                .extracting(Initialiser::shape)
                .containsExactly(List.of(2L, 2L), List.of(300L, 1L));
    }

    @Test
    void readsFloatsHoweverTheyAreKept() {
        var bytes = floats(1.5f, -2, 0.25f, 1e-3f);

        assertThat(values(TWO_BY_TWO, number(2, FLOAT_32), field(9, bytes)))
                .containsExactly(1.5f, -2, 0.25f, 1e-3f);
        assertThat(values(TWO_BY_TWO, number(2, FLOAT_32), field(4, bytes)))
                .containsExactly(1.5f, -2, 0.25f, 1e-3f);
        assertThat(values(number(1, 2), number(2, FLOAT_32), single(4, 7), single(4, 8)))
                .containsExactly(7, 8);
    }

    @Test
    void readsHalfFloatsHoweverTheyAreKept() {
        // 1, -2, 0.5 and the largest half float, by IEEE 754
        assertThat(
                        values(
                                TWO_BY_TWO,
                                number(2, FLOAT_16),
                                field(9, bytes(0x00, 0x3C, 0x00, 0xC0, 0x00, 0x38, 0xFF, 0x7B))))
                .containsExactly(1, -2, 0.5f, 65504);
        assertThat(
                        values(
                                TWO_BY_TWO,
                                number(2, FLOAT_16),
                                field(5, packed(0x3C00, 0xC000, 0x3800, 0x7BFF))))
                .containsExactly(1, -2, 0.5f, 65504);
    }

    @Test
    void refusesTooFewAndTooManyValues() {
        for (int count : new int[] {3, 5}) {
            var constant =
                    only(TWO_BY_TWO, number(2, FLOAT_32), field(9, floats(new float[count])));

            assertThatThrownBy(constant::floats)
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("[2, 2]");
        }
    }

    @Test
    void refusesOtherTypesAndOtherFiles() {
        assertThatThrownBy(only(TWO_BY_TWO, number(2, 7))::floats)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("type 7");
        assertThatThrownBy(only(TWO_BY_TWO, number(2, FLOAT_32), number(14, 1))::floats)
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("another file");
    }

    @Test
    void refusesWhatBreaksOff() {
        // given
        var model = model(tensor(TWO_BY_TWO, field(9, floats(1, 2, 3, 4))));

        // then: wherever it breaks off
        for (int length = 1; length < model.length; length++) {
            var part = Arrays.copyOf(model, length);
            assertThatThrownBy(() -> Initialiser.of(part)).isInstanceOf(ModelException.class);
        }
    }

    @Test
    void skipsFieldsThatItDoesNotKnow() {
        // given: a number, 64 bits, a string and 32 bits around the graph
        var model =
                joined(
                        number(1, 8),
                        joined(bytes(0x11), new byte[8]),
                        field(2, "producer"),
                        model(tensor(field(8, "a"))),
                        single(99, 1));

        // then
        assertThat(Initialiser.of(model)).extracting(Initialiser::name).containsExactly("a");
    }

    private static float[] values(byte[]... fields) {
        return only(fields).floats();
    }

    private static Initialiser only(byte[]... fields) {
        return Initialiser.of(model(tensor(fields))).getFirst();
    }
}
