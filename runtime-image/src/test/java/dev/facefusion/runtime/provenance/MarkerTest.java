package dev.facefusion.runtime.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.provenance.MarkReader.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is written and read back by this package alone; `IndependentReadersIT` asks other programs.
class MarkerTest {

    private static final InstantSource NOON =
            InstantSource.fixed(Instant.parse("2026-03-04T12:00:00.123456Z"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    static Stream<String> photos() {
        return Stream.of("grace_hopper.jpg", "astronaut.png");
    }

    @ParameterizedTest
    @MethodSource("photos")
    void readsBackWhatItWrote(String photo) throws IOException {
        // given
        var marker = marker(Map.of("PROVENANCE_PRODUCER", "Studio \"A\" & <B> 工作室"));

        // when
        var marked = marker.mark(Reference.photo(photo), "request-1");

        // then
        var xmp =
                new Mark.Xmp(
                        "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
                        "FaceFusion runtime",
                        "2026-03-04T12:00:00Z");
        var aigc = new Mark.Aigc("1", "Studio \"A\" & <B> 工作室", "request-1", "", "");
        var report = report(marked);
        assertThat(report.marks()).containsExactly(xmp, aigc);
        assertThat(report.marked()).isTrue();
        assertThat(report.digitalSourceType()).isEqualTo(xmp.digitalSourceType());
        assertThat(report.producer()).isEqualTo(aigc.contentProducer());
        assertThat(report.producedAt()).isEqualTo("2026-03-04T12:00:00Z");
    }

    @ParameterizedTest
    @MethodSource("photos")
    void leavesEveryPixelAsItWas(String photo) throws IOException {
        // given
        var image = Reference.photo(photo);

        // when
        var marked = marker(Map.of()).mark(image, "request-1");

        // then
        assertThat(pixels(marked)).isEqualTo(pixels(image));
        assertThat(Reference.picture(marked).rgb()).isEqualTo(Reference.picture(image).rgb());
    }

    @Test
    void findsNothingInAPhoto() throws IOException {
        // when
        var report = report(Reference.photo("grace_hopper.jpg"));

        // then
        assertThat(report).isEqualTo(new VerifyReport(false, report.marks(), null, null, null));
        assertThat(report.marks()).isEmpty();
    }

    @Test
    void countsItsMarks() {
        // when
        marker(Map.of()).mark(Reference.photo("astronaut.png"), "request-1");

        // then
        assertThat(meters.get("fusion.marking").tag("kind", "xmp").counter().count()).isOne();
        assertThat(meters.get("fusion.marking").tag("kind", "aigc").counter().count()).isOne();
    }

    @Test
    void leavesTheFileAloneWhereItIsOff() {
        // given
        var image = Reference.photo("astronaut.png");

        // when
        var same = marker(Map.of("PROVENANCE", "off")).mark(image, "request-1");

        // then
        assertThat(same).isSameAs(image);
        assertThat(meters.get("fusion.marking").tag("kind", "xmp").counter().count()).isZero();
    }

    @Test
    void leavesABmpAloneWhichHasNoRoom() throws IOException {
        // given
        var photo = ImageIO.read(new ByteArrayInputStream(Reference.photo("grace_hopper.jpg")));
        var bmp = new ByteArrayOutputStream();
        ImageIO.write(photo, "bmp", bmp);
        var image = bmp.toByteArray();

        // when
        var same = marker(Map.of()).mark(image, "request-1");

        // then
        assertThat(same).isSameAs(image);
        assertThat(meters.get("fusion.marking").tag("kind", "xmp").counter().count()).isZero();
    }

    @Test
    void letsNothingPassThatItCannotMark() {
        assertThatThrownBy(() -> marker(Map.of()).mark(new byte[] {1, 2, 3}, "request-1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "ON", "xmp"})
    void refusesAPolicyThatItDoesNotKnow(String policy) {
        assertThatThrownBy(() -> marker(Map.of("PROVENANCE", policy)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PROVENANCE is \"" + policy + "\"");
    }

    @Test
    void refusesAProducerThatDoesNotFit() {
        assertThatThrownBy(() -> marker(Map.of("PROVENANCE_PRODUCER", "x".repeat(257))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PROVENANCE_PRODUCER");
        assertThatThrownBy(() -> marker(Map.of("PROVENANCE_PRODUCER", "a\u0001b")))
                .isInstanceOf(ConfigException.class);
    }

    private Marker marker(Map<String, String> environment) {
        return new Marker(ProvenanceSettings.from(new Environment(environment)), NOON, meters);
    }

    private static VerifyReport report(byte[] file) throws IOException {
        return ((Reading.Read) MarkReader.read(new ByteArrayInputStream(file))).report();
    }

    // By the JDK's reader, which knows nothing of ours.
    private static int[] pixels(byte[] file) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(file));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
