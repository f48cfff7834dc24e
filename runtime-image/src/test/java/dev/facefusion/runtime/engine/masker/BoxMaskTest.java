package dev.facefusion.runtime.engine.masker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.facefusion.runtime.engine.image.Plane;
import dev.facefusion.runtime.engine.options.Margins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The numbers are FaceFusion's own, measured.
class BoxMaskTest {

    @Test
    void fadesTowardsTheEdge() {
        // when
        var small = new BoxMask(128, 0.3, Margins.NONE).draw();
        var large = new BoxMask(256, 0.3, Margins.NONE).draw();

        // then
        assertRow(small, .0730, .0794, .0986, .1306, .1754, .2324, .3001, .3764);
        assertRow(large, .0513, .0526, .0565, .0630);
    }

    private static void assertRow(Plane mask, double... expected) {
        int middle = mask.height() / 2 * mask.width();
        for (int x = 0; x < expected.length; x++) {
            assertThat((double) mask.values()[middle + x]).isCloseTo(expected[x], offset(6e-5));
        }
    }

    /// Far inside, the sum of the kernel's weights remains, cut off at 1; measured with OpenCV 5.
    @ParameterizedTest
    @CsvSource({
        "128, 0.3, 0x1p0",
        "256, 0.3, 0x1.fffffcp-1",
        "256, 0.5, 0x1p0",
        "256, 0.75, 0x1.ff2df8p-1",
        "512, 0.2, 0x1.fffffep-1",
        "512, 0.3, 0x1.fffff8p-1",
        "512, 0.5, 0x1p0",
        "512, 0.75, 0x1.ff2eecp-1"
    })
    void isAsWholeInsideAsOpenCvsToTheLastBit(int side, double blur, String expected) {
        var mask = new BoxMask(side, blur, Margins.NONE).draw();

        assertThat(mask.values()[side / 2 * side + side / 2]).isEqualTo(Float.parseFloat(expected));
    }

    @ParameterizedTest
    @CsvSource({"128, 12116.06", "256, 47546.38", "512, 190138.1"})
    void keepsAsMuchOfTheFace(int side, double expected) {
        var mask = new BoxMask(side, 0.3, Margins.NONE).draw();

        assertThat(sum(mask)).isCloseTo(expected, offset(expected * 1e-6));
    }

    @Test
    void leavesARimOfOnePixelWithoutBlur() {
        var mask = new BoxMask(8, 0, Margins.NONE).draw();

        assertThat(sum(mask)).isEqualTo(36);
        assertThat(mask.values()[8 + 1]).isEqualTo(1);
        assertThat(mask.values()[1]).isZero();
    }

    @Test
    void countsThePaddingFromTheTopClockwise() {
        // when
        var mask = new BoxMask(10, 0, new Margins(20, 30, 40, 50)).draw();

        // then: rows 2 to 5, columns 5 and 6
        assertThat(sum(mask)).isEqualTo(8);
        assertThat(mask.values()[2 * 10 + 5]).isEqualTo(1);
        assertThat(mask.values()[5 * 10 + 6]).isEqualTo(1);
    }

    @Test
    void leavesNothingWhenPaddingMeetsPadding() {
        assertThat(sum(new BoxMask(10, 0, new Margins(60, 0, 60, 0)).draw())).isZero();
        assertThat(sum(new BoxMask(10, 0, new Margins(0, 60, 0, 60)).draw())).isZero();
    }

    private static double sum(Plane mask) {
        double sum = 0;
        for (int i = 0; i < mask.width() * mask.height(); i++) {
            sum += mask.values()[i];
        }
        return sum;
    }
}
