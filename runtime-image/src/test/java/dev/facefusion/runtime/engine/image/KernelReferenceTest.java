package dev.facefusion.runtime.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.Reference;
import org.junit.jupiter.api.Test;

class KernelReferenceTest {

    private static final JsonNode EXPECTED = Reference.json("kernels.json");

    /// Float rounding on values up to 255.
    private static final double ROUNDING = 1e-3;

    private final Plane noise = Reference.plane(EXPECTED.get("noise"));
    private final Plane low = Reference.plane(EXPECTED.get("low"));
    private final Picture rgb = Reference.picture(EXPECTED.get("rgb"));
    private final Plane result = new Plane();

    @Test
    void blursWithMirroredEdges() {
        var blur = new GaussianBlur();
        for (var expected : EXPECTED.get("blur")) {
            blur.blur(noise, expected.get("sigma").doubleValue(), result);

            assertPlane(result, expected.get("plane"), ROUNDING);
        }
    }

    @Test
    void blursAWindowAsItBlursTheWhole() {
        // given
        var window = new PixelBox(3, 2, 11, 9);
        var expected = Reference.plane(EXPECTED.get("blur").get(2).get("plane"));

        // when
        new GaussianBlur().blur(noise, 2.5, result, window);

        // then
        for (int y = window.top(); y < window.bottom(); y++) {
            for (int x = window.left(); x < window.right(); x++) {
                int at = y * noise.width() + x;
                assertThat(Math.abs(result.values()[at] - expected.values()[at]))
                        .isLessThan((float) ROUNDING);
            }
        }
    }

    @Test
    void halvesAPlane() {
        new Pyramid().down(noise, result);

        assertPlane(result, EXPECTED.get("down"), ROUNDING);
    }

    @Test
    void doublesAPlaneToOddAndEvenSizes() {
        new Pyramid().up(low, 17, 13, result);
        assertPlane(result, EXPECTED.get("up"), ROUNDING);

        new Pyramid().up(low, 18, 14, result);
        assertPlane(result, EXPECTED.get("upEven"), ROUNDING);
    }

    @Test
    void shrinksByArea() {
        new AreaResize().shrink(noise, 5, 4, result);
        assertPlane(result, EXPECTED.get("areaPlane"), ROUNDING);

        var shrunk = new AreaResize().shrink(rgb, 12, 9);
        assertPicture(shrunk, EXPECTED.get("areaPicture"));
    }

    @Test
    void shrinksAPartAsItShrinksTheWhole() {
        // given
        var expected = EXPECTED.get("areaByFactor");
        var grid =
                new AreaResize.Grid(
                        expected.get("factor").doubleValue(), expected.get("factor").doubleValue());
        var whole = Reference.picture(expected.get("picture"));
        var part = new PixelBox(4, 1, 11, 8);
        var picture = Picture.black(part.width(), part.height());

        // when
        new AreaResize().shrink(rgb, grid, part, picture, 0, 0);

        // then
        for (int y = 0; y < part.height(); y++) {
            for (int i = 0; i < 3 * part.width(); i++) {
                int actual = picture.rgb()[3 * y * part.width() + i] & 0xFF;
                int there = 3 * ((part.top() + y) * whole.width() + part.left()) + i;
                assertThat(Math.abs(actual - (whole.rgb()[there] & 0xFF))).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void enlargesLinearly() {
        new BilinearResize().resize(low, 17, 13, result);

        assertPlane(result, EXPECTED.get("enlarged"), ROUNDING);
    }

    @Test
    void fillsAPolygonWithItsOutline() {
        // given
        var star = EXPECTED.get("star");
        var mask = Reference.plane(star.get("mask"));
        result.reshape(mask).fill(0);

        // when
        PolygonFill.fill(result, Reference.points(star.get("points")), 1);

        // then: OpenCV's lines may choose the other of two pixels
        assertThat(countDifferent(result, mask)).isLessThanOrEqualTo(10);
    }

    @Test
    void paintsAMeshAsOpenCvDoes() {
        // given
        var expected = EXPECTED.get("triangles");
        var numbers = Reference.plane(expected.get("map"));
        var face = Reference.landmarks(expected.get("points"));
        var map = new short[numbers.width() * numbers.height()];

        // when
        TriangleFill.paint(Reference.mesh(), face, numbers.width(), numbers.height(), map);

        // then
        int different = 0;
        for (int i = 0; i < map.length; i++) {
            different += map[i] == (short) numbers.values()[i] ? 0 : 1;
        }
        assertThat(different).isLessThanOrEqualTo(10);
    }

    @Test
    void erodesByAnEllipse() {
        var mask = Reference.plane(EXPECTED.get("star").get("mask"));
        for (var expected : EXPECTED.get("ellipse")) {
            new Erosion().ellipse(mask, expected.get("radius").intValue(), result);

            assertPlane(result, expected.get("mask"), 0);
        }
    }

    @Test
    void erodesBySquare() {
        new Erosion().square(noise, 2, result, noise.bounds());

        assertPlane(result, EXPECTED.get("square").get("plane"), ROUNDING);
    }

    @Test
    void convertsToLabAndBack() {
        // given
        var layer = new Layer();
        layer.read(rgb, rgb.bounds());
        var lab = new Layer();

        // when
        LabColour.toLab(layer, lab, rgb.bounds());

        // then: OpenCV's own tables are that coarse
        var wanted = Reference.numbers(EXPECTED.get("lab").get("values"));
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < 31 * 23; i++) {
                assertThat(Math.abs(lab.plane(channel).values()[i] - wanted[3 * i + channel]))
                        .isLessThan(0.45);
            }
        }

        // when
        for (int i = 0; i < 31 * 23; i++) {
            LabColour.toRgb(lab, layer, i);
        }

        // then
        for (int channel = 0; channel < 3; channel++) {
            for (int i = 0; i < 31 * 23; i++) {
                int original = rgb.rgb()[3 * i + channel] & 0xFF;
                assertThat(Math.abs(layer.plane(channel).values()[i] - original)).isLessThan(0.1f);
            }
        }
    }

    @Test
    void cutsACropWithEitherBorder() {
        var expected = EXPECTED.get("crop");
        var crop = Picture.black(24, 24);

        AffineCrop.cut(rgb, Reference.affine(expected.get("matrix")), Border.BLACK, crop);
        assertPicture(crop, expected.get("black"));

        AffineCrop.cut(rgb, Reference.affine(expected.get("matrix")), Border.REPLICATE, crop);
        assertPicture(crop, expected.get("replicate"));
    }

    @Test
    void fitsAPictureIntoASquare() {
        for (var expected : EXPECTED.get("letterbox")) {
            // given
            var place = Reference.numbers(expected.get("place"));
            var letterbox = new Letterbox(expected.get("square").get("width").intValue());

            // when
            var actual = letterbox.fit(rgb);

            // then
            assertPicture(letterbox.square(), expected.get("square"));
            assertThat(
                            new double[] {
                                actual.scaleX(), actual.scaleY(), actual.padX(), actual.padY()
                            })
                    .containsExactly(place, offset(1e-8));
        }
    }

    private static int countDifferent(Plane a, Plane b) {
        int different = 0;
        for (int i = 0; i < a.width() * a.height(); i++) {
            different += a.values()[i] == b.values()[i] ? 0 : 1;
        }
        return different;
    }

    private static void assertPlane(Plane actual, JsonNode expected, double tolerance) {
        assertThat(actual.width()).isEqualTo(expected.get("width").intValue());
        assertThat(actual.height()).isEqualTo(expected.get("height").intValue());
        var wanted = Reference.numbers(expected.get("values"));
        for (int i = 0; i < wanted.length; i++) {
            assertThat(Math.abs(actual.values()[i] - wanted[i])).isLessThanOrEqualTo(tolerance);
        }
    }

    /// Equal within one step of 8 bits: halves may be rounded either way.
    private static void assertPicture(Picture actual, JsonNode expected) {
        assertThat(actual.width()).isEqualTo(expected.get("width").intValue());
        assertThat(actual.height()).isEqualTo(expected.get("height").intValue());
        var wanted = Reference.numbers(expected.get("values"));
        for (int i = 0; i < wanted.length; i++) {
            assertThat(Math.abs((actual.rgb()[i] & 0xFF) - wanted[i])).isLessThanOrEqualTo(1);
        }
    }
}
