package dev.facefusion.runtime.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

/// By hand: where the places of linear interpolation between pixel centres lie.
class CornerFitTest {

    private static final int PLANE = 9;

    @Test
    void takesEveryThirdPixelOfAPictureThatIsThreeTimesTooLarge() {
        // given: red tells the column, green the row
        var picture = Picture.black(9, 6);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 9; x++) {
                picture.rgb()[3 * (9 * y + x)] = (byte) x;
                picture.rgb()[3 * (9 * y + x) + 1] = (byte) y;
                picture.rgb()[3 * (9 * y + x) + 2] = (byte) 250;
            }
        }
        var tensor = FloatBuffer.allocate(3 * PLANE);

        // when
        var ratio = new CornerFit(2, 1).lay(new PictureView(picture, QuarterTurn.NONE), 3, tensor);

        // then: columns 1, 4 and 7 of rows 1 and 4, and a black row
        assertThat(ratio).isEqualTo(new CornerFit.Ratio(3, 3));
        assertThat(tensor.array())
                .containsExactly(
                        501, 501, 501, 501, 501, 501, 1, 1, 1, // blue
                        3, 3, 3, 9, 9, 9, 1, 1, 1, // green
                        3, 9, 15, 3, 9, 15, 1, 1, 1); // red
    }

    @Test
    void meetsHalfwayInAPictureThatIsTwiceTooLarge() {
        // given: a ramp of 10 a column and 40 a row
        var picture = Picture.black(4, 4);
        for (int i = 0; i < 16; i++) {
            picture.rgb()[3 * i] = (byte) (10 * (i % 4) + 40 * (i / 4));
        }
        var tensor = FloatBuffer.allocate(3 * 4);

        // when
        new CornerFit(1, 0).lay(new PictureView(picture, QuarterTurn.NONE), 2, tensor);

        // then
        assertThat(tensor.get(8)).isEqualTo(25);
        assertThat(tensor.get(9)).isEqualTo(45);
        assertThat(tensor.get(10)).isEqualTo(105);
        assertThat(tensor.get(11)).isEqualTo(125);
    }
}
