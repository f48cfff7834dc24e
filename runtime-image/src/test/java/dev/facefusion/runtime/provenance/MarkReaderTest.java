package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.provenance.MarkReader.Reading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Marks that other tools wrote, and files that nobody should have written.
@Timeout(30)
class MarkReaderTest {

    private static final byte[] PNG = Reference.photo("astronaut.png");
    private static final byte[] JPEG = Reference.photo("grace_hopper.jpg");
    private static final String TRAINED =
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Written(String name, byte[] file) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Written> sourceTypes() {
        return Stream.of(
                new Written("attribute", jpeg(description("e:DigitalSourceType='%s'", ""))),
                new Written(
                        "element in UTF-16",
                        jpeg(
                                description("", "<e:DigitalSourceType>%s</e:DigitalSourceType>")
                                        .getBytes(UTF_16))),
                new Written(
                        "resource",
                        jpeg(description("", "<e:DigitalSourceType r:resource='%s'/>"))),
                new Written(
                        "zeros after the packet",
                        jpeg(description("e:DigitalSourceType='%s'", "") + "\0\0\0")),
                new Written(
                        "second packet",
                        JpegSegments.with(
                                jpeg(description("e:DigitalSourceType='%s'", "")),
                                "<empty/>".getBytes(UTF_8))),
                new Written(
                        "compressed chunk after the picture",
                        png(
                                "iTXt",
                                "XML:com.adobe.xmp\0\1\0en\0x\0",
                                deflated(description("e:DigitalSourceType='%s'", "")))));
    }

    @ParameterizedTest
    @MethodSource("sourceTypes")
    void readsTheSourceTypeHoweverItIsWritten(Written written) throws IOException {
        // when
        var report = report(written.file());

        // then
        assertThat(report.marked()).isTrue();
        assertThat(report.digitalSourceType()).isEqualTo(TRAINED);
    }

    static Stream<Written> labels() {
        var label = "{\"Label\":\"1\",\"ContentProducer\":\"them\",\"ProduceID\":\"7\"}";
        var xml = label.replace("\"", "&quot;");
        return Stream.of(
                new Written("attribute", jpeg(description("t:AIGC='" + xml + "'", ""))),
                new Written("element", jpeg(description("", "<t:AIGC>" + xml + "</t:AIGC>"))),
                new Written(
                        "CDATA",
                        jpeg(description("", "<t:AIGC><![CDATA[" + label + "]]></t:AIGC>"))),
                new Written("wrapped", png("tEXt", "AIGC\0", utf8("{\"AIGC\":" + label + "}"))),
                new Written("text chunk", png("tEXt", "AIGC\0", utf8(label))),
                new Written("international text", png("iTXt", "AIGC\0\0\0\0\0", utf8(label))),
                new Written(
                        "number as label",
                        png("tEXt", "AIGC\0", utf8(label.replace("\"1\"", "1")))));
    }

    @ParameterizedTest
    @MethodSource("labels")
    void readsTheLabelWhereverItIs(Written written) throws IOException {
        // when
        var report = report(written.file());

        // then
        assertThat(report.marked()).isTrue();
        assertThat(report.marks()).containsExactly(new Mark.Aigc("1", "them", "7", "", ""));
    }

    @Test
    void doesNotCallAPhotoMarkedThatSaysItIsOne() throws IOException {
        // given
        var camera = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture";

        // when
        var report = report(jpeg(description("e:DigitalSourceType='" + camera + "'", "")));

        // then
        assertThat(report.marked()).isFalse();
        assertThat(report.digitalSourceType()).isEqualTo(camera);
    }

    @Test
    void doesNotTakeAnIngredientsSourceTypeForThePictures() throws IOException {
        // given
        var nested =
                "<e:Ingredient><r:Description e:DigitalSourceType='%s'/></e:Ingredient>"
                        .formatted(TRAINED);

        // when
        var report = report(jpeg(description("", nested)));

        // then
        assertThat(report.marks()).isEmpty();
    }

    @Test
    void cutsLongTexts() throws IOException {
        // when
        var report =
                report(jpeg(description("e:DigitalSourceType='" + "x".repeat(9999) + "'", "")));

        // then
        assertThat(report.digitalSourceType()).isEqualTo("x".repeat(256));
    }

    static Stream<String> hostileXml() {
        return Stream.of(
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                        + description("e:DigitalSourceType='a'", "<x>&e;</x>"),
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                        + description("", "<e:DigitalSourceType>&e;</e:DigitalSourceType>"),
                billionLaughs(),
                "<a>".repeat(20_000),
                description("", "<a>".repeat(10_000) + "</a>".repeat(5_000)),
                description("", "<e:DigitalSourceType>&#0;</e:DigitalSourceType>"),
                "<r:RDF xmlns:r='" + XmpPacket.RDF + "'><r:Description " + "a='1' ".repeat(3000),
                "\uFEFF",
                "");
    }

    @ParameterizedTest
    @MethodSource("hostileXml")
    void survivesHostileXml(String xml) throws IOException {
        // when
        var text = report(jpeg(xml)).toString();

        // then
        assertThat(text).doesNotContain("root:").doesNotContain("lol").hasSizeLessThan(2000);
    }

    @Test
    void survivesADecompressionBomb() throws IOException {
        // given
        var bomb = png("iTXt", "XML:com.adobe.xmp\0\1\0\0\0", deflated(" ".repeat(100_000_000)));

        // when
        var report = report(bomb);

        // then
        assertThat(report.marks()).isEmpty();
    }

    @Test
    void looksAtNoMoreThanSixteenPackets() throws IOException {
        // given
        var file = JPEG;
        for (var i = 0; i < 40; i++) {
            file = JpegSegments.with(file, utf8(description("e:DigitalSourceType='a'", "")));
        }

        // then
        assertThat(report(file).marks()).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "JPEG"})
    void readsAFileThatBreaksOffAnywhere(String format) throws IOException {
        // given
        var file = marked(format);

        // when
        for (var length = 1; length < Math.min(file.length, 4000); length++) {
            var reading = read(Arrays.copyOf(file, length));

            // then
            switch (reading) {
                case Reading.Truncated _ -> {}
                case Reading.Foreign _ -> assertThat(length).isLessThan(8);
                case Reading.Read(var report) -> assertThat(report.marked()).isTrue();
                case Reading.Empty _ ->
                        throw new AssertionError("it has %d bytes".formatted(length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PNG", "JPEG"})
    void survivesAnyDamage(String format) throws IOException {
        // given
        var random = new Random(20260304);
        var file = marked(format);

        for (var round = 0; round < 3000; round++) {
            var damaged = file.clone();
            for (var flips = 0; flips < 8; flips++) {
                damaged[random.nextInt(3000)] = (byte) random.nextInt(256);
            }

            // when
            var reading = read(damaged);

            // then
            assertThat(reading).isNotNull();
        }
    }

    @Test
    void tellsWhatIsNoPicture() throws IOException {
        assertThat(read(new byte[0])).isInstanceOf(Reading.Empty.class);
        assertThat(read(utf8("GIF89a, say"))).isInstanceOf(Reading.Foreign.class);
        assertThat(read(Arrays.copyOf(PNG, PNG.length / 2))).isInstanceOf(Reading.Truncated.class);
        assertThat(read(Arrays.copyOf(JPEG, 100))).isInstanceOf(Reading.Truncated.class);
    }

    /// Containers of videos with a label, written by hand from their specifications.
    static Stream<Written> videos() {
        var label = "{\"Label\":\"1\",\"ContentProducer\":\"them\",\"ProduceID\":\"7\"}";
        var tag =
                element(
                        "7373",
                        element(
                                "67c8",
                                element("45a3", utf8("AIGC")),
                                element("4487", utf8(label))));
        var title =
                element(
                        "7373",
                        element(
                                "67c8",
                                element("45a3", utf8("TITLE")),
                                element("4487", utf8("{\"Label\":\"1\"}"))));
        var ebml = element("1a45dfa3", element("4282", utf8("webm")));
        return Stream.of(
                new Written(
                        "Matroska",
                        joined(
                                ebml,
                                element(
                                        "18538067",
                                        element("1f43b675", new byte[300]),
                                        element("1254c367", title, tag)))),
                new Written(
                        "recorded Matroska, whose segment and cluster have no size",
                        joined(
                                ebml,
                                bytes("1853806701ffffffffffffff"),
                                bytes("1f43b675ff"),
                                element("a3", new byte[40]),
                                element("1254c367", tag))),
                new Written(
                        "AVI",
                        riff(
                                "RIFF",
                                utf8("AVI "),
                                riff("LIST", utf8("hdrl"), new byte[13]),
                                riff(
                                        "LIST",
                                        utf8("INFO"),
                                        riff("ISFT", utf8("them")),
                                        riff("ICMT", utf8("{\"AIGC\":" + label + "}\0"))))),
                new Written("WMV", asf(label)));
    }

    @ParameterizedTest
    @MethodSource("videos")
    void readsTheLabelOfAVideo(Written written) throws IOException {
        assertThat(report(written.file()).marks())
                .containsExactly(new Mark.Aigc("1", "them", "7", "", ""));
    }

    @ParameterizedTest
    @MethodSource("videos")
    @Timeout(30)
    void survivesBrokenVideos(Written written) throws IOException {
        var random = new Random(7);
        for (int round = 0; round < 3000; round++) {
            // given
            var damaged = Arrays.copyOf(written.file(), 1 + random.nextInt(written.file().length));
            for (int flips = 0; flips < 4; flips++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }

            // then
            assertThat(read(damaged)).isNotNull();
        }
    }

    private static byte[] element(String id, byte[]... content) {
        var bytes = joined(content);
        return joined(
                bytes(id),
                ByteBuffer.allocate(Long.BYTES).putLong((1L << 56) | bytes.length).array(),
                bytes);
    }

    private static byte[] riff(String kind, byte[]... content) {
        var bytes = joined(content);
        return joined(
                utf8(kind),
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array(),
                bytes,
                new byte[bytes.length & 1]);
    }

    private static byte[] asf(String label) {
        var name = "AIGC\0".getBytes(UTF_16LE);
        var value = label.getBytes(UTF_16LE);
        int description = 24 + 2 + 2 + name.length + 4 + value.length;
        int padding = 24 + 10;
        return ByteBuffer.allocate(30 + padding + description)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes("3026b2758e66cf11a6d900aa0062ce6c"))
                .putLong(30 + padding + description)
                .putInt(2)
                .putShort((short) 0x0201)
                .put(bytes("74d40618dfca0945a4ba9aabcb96aae8"))
                .putLong(padding)
                .put(new byte[10])
                .put(bytes("40a4d0d207e3d21197f000a0c95ea850"))
                .putLong(description)
                .putShort((short) 1)
                .putShort((short) name.length)
                .put(name)
                .putShort((short) 0)
                .putShort((short) value.length)
                .put(value)
                .array();
    }

    private static byte[] bytes(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] marked(String format) {
        return new Marker(
                        ProvenanceSettings.from(new Environment(Map.of())),
                        InstantSource.system(),
                        new SimpleMeterRegistry())
                .mark(format.equals("PNG") ? PNG : JPEG, "request-1");
    }

    private static Reading read(byte[] file) throws IOException {
        return MarkReader.read(new ByteArrayInputStream(file));
    }

    private static VerifyReport report(byte[] file) throws IOException {
        return ((Reading.Read) read(file)).report();
    }

    private static byte[] jpeg(String packet) {
        return jpeg(utf8(packet));
    }

    private static byte[] jpeg(byte[] packet) {
        return JpegSegments.with(JPEG, packet);
    }

    /// A packet in prefixes of its own; `%s` stands for the source type.
    private static String description(String attributes, String elements) {
        return "<m xmlns='adobe:ns:meta/'><r:RDF xmlns:r='%s' xmlns:e='%s' xmlns:t='%s'><r:Description %s>%s</r:Description></r:RDF></m>"
                .formatted(
                        XmpPacket.RDF,
                        XmpPacket.IPTC_EXTENSION,
                        XmpPacket.TC260,
                        attributes,
                        elements)
                .replace("%s", TRAINED);
    }

    private static String billionLaughs() {
        var entities = new StringBuilder("<!DOCTYPE x [<!ENTITY l0 'lol'>");
        for (var i = 1; i < 10; i++) {
            entities.append("<!ENTITY l%d '%s'>".formatted(i, "&l%d;".formatted(i - 1).repeat(10)));
        }
        return entities + "]>" + description("", "<e:DigitalSourceType>&l9;</e:DigitalSourceType>");
    }

    /// The photo with a chunk before its end.
    private static byte[] png(String type, String head, byte[] text) {
        var start = head.getBytes(ISO_8859_1);
        int length = start.length + text.length;
        return ByteBuffer.allocate(PNG.length + 12 + length)
                .put(PNG, 0, PNG.length - 12)
                .putInt(length)
                .put(type.getBytes(ISO_8859_1))
                .put(start)
                .put(text)
                .putInt(0)
                .put(PNG, PNG.length - 12, 12)
                .array();
    }

    private static byte[] deflated(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(bytes)) {
            deflater.write(utf8(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
