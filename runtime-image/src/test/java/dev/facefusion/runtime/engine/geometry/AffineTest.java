package dev.facefusion.runtime.engine.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AffineTest {

    private final Affine map = new Affine(2, 0.5, 3, -1, 4, 7);

    @Test
    void inverseLeadsBack() {
        var there = map.map(new Point(11, -5));

        var back = map.inverse().map(there);

        assertThat(back.distanceTo(new Point(11, -5))).isLessThan(1e-12);
    }

    @Test
    void refusesToInvertWhatIsFlat() {
        var flat = new Affine(1, 2, 0, 2, 4, 0);

        assertThatThrownBy(flat::inverse).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void takesCoordinatesOfAShrunkPicture() {
        assertThat(map.fromShrunk(4).map(new Point(10, 20))).isEqualTo(map.map(new Point(40, 80)));
    }

    @Test
    void takesCoordinatesCountedFromElsewhere() {
        assertThat(map.fromOrigin(100, 200).map(new Point(1, 2)))
                .isEqualTo(map.map(new Point(101, 202)));
    }
}
