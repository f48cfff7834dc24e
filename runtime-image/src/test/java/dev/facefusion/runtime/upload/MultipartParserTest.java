package dev.facefusion.runtime.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartParserTest {

    private static final String PART = "Content-Disposition: form-data; name=\"a\"\r\n\r\n";

    @Test
    void takesPartsApart() {
        // when
        var parts =
                parse(
                        "--b\r\n%s1\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: form-data; filename=\"name=x\"; name=c\r\n\r\n2\r\n\r\n--b--\r\n"
                                .formatted(PART));

        // then
        assertThat(parts).isEqualTo(Map.of("a", "1", "c", "2\r\n"));
    }

    @Test
    void keepsBytesThatLookLikeABoundary() {
        // given
        var content = "\r\n-b\r\n--\r\n--\0ÿ\r-- b";

        // when
        var parts = parse("--b\r\n%s%s\r\n--b--".formatted(PART, content));

        // then
        assertThat(parts).isEqualTo(Map.of("a", content));
    }

    @Test
    void readsAnEmptyPart() {
        // when
        var parts = parse("--b\r\n%s\r\n--b--".formatted(PART));

        // then
        assertThat(parts).isEqualTo(Map.of("a", ""));
    }

    @Test
    void ignoresWhatPrecedesAndFollowsTheParts() {
        // when
        var parts = parse("preamble\r\n--b  \r\n%s1\r\n--b--epilogue".formatted(PART));

        // then
        assertThat(parts).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void readsAFormWithoutParts() {
        // when
        var parts = parse("--b--\r\n");

        // then
        assertThat(parts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no boundary",
                "--b",
                "--b\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1",
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--c--",
                "--b\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n--b--",
                "--b\r\nContent-Disposition: form-data; filename=\"a\"\r\n\r\n1\r\n--b--",
                "--bb\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--bb--",
            })
    void refusesWhatIsNoForm(String body) {
        // when
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> parse(body))
                // then
                .matches(e -> e.fault() instanceof FormFault.Malformed);
    }

    @Test
    void refusesEndlessParts() {
        // given
        var body = "--b\r\n%s1\r\n".formatted(PART).repeat(17) + "--b--";

        // when
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> parse(body))
                // then
                .withMessageContaining("more than 16 parts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "multipart/form-data; boundary=abc | abc",
                "Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b\" | a b",
                "multipart/form-data |",
                "multipart/form-data; boundary= |",
                "multipart/mixed; boundary=abc |",
                "application/json |",
            })
    void readsTheBoundary(String contentType, String boundary) {
        // when
        var read = MultipartParser.boundary(contentType);

        // then
        assertThat(read.orElse(null)).isEqualTo(boundary);
    }

    @Test
    void readsNamesAsUtf8() {
        // when
        var parts =
                parse(
                        "--b\r\nContent-Disposition: form-data; name=\"é\"\r\n\r\n1\r\n--b--"
                                .getBytes(UTF_8));

        // then
        assertThat(parts).containsOnlyKeys("é");
    }

    private static Map<String, String> parse(String body) {
        return parse(body.getBytes(ISO_8859_1));
    }

    @Test
    void readsTheSameHoweverTheBodyIsCutIntoReads() throws IOException {
        // given
        var body =
                ("preamble\r\n--b \t\r\n%sone\r\n-\r\n--\r\n--x\r\n--b\r\nContent-Disposition: form-data;"
                                + " name=empty\r\n\r\n\r\n--b\r\nContent-Disposition: form-data;"
                                + " name=\"last\"\r\nX: y\r\n\r\n\r\r\n\n\r\n--b--epilogue")
                        .formatted(PART)
                        .getBytes(ISO_8859_1);
        var expected = Map.of("a", "one\r\n-\r\n--\r\n--x", "empty", "", "last", "\r\r\n\n");

        for (var first = 0; first <= body.length; first++) {
            for (var second : new int[] {1, 2, 3, 7, body.length}) {
                // when
                var parts = parse(new Pieces(body, first, second), MultipartParser.BUFFER_BYTES);

                // then
                assertThat(parts).as("cut at %d, then %d", first, second).isEqualTo(expected);
            }
        }
    }

    @Test
    void readsTheSameWhereverADelimiterMeetsTheBuffersEdge() throws IOException {
        // given
        var size = MultipartParser.MIN_BUFFER_BYTES;

        for (var length = size - 200; length <= size + 20; length++) {
            var content = "x".repeat(length - 4) + "\r\n--";
            var body =
                    "--b\r\n%s%s\r\n--b\r\nContent-Disposition: form-data; name=c\r\n\r\n2\r\n--b--"
                            .formatted(PART, content);

            // when
            var parts = parse(new ByteArrayInputStream(body.getBytes(ISO_8859_1)), size);

            // then
            assertThat(parts).as("%d bytes", length).isEqualTo(Map.of("a", content, "c", "2"));
        }
    }

    @Test
    void refusesHeadersThatDoNotEnd() {
        // given
        var body = "--b\r\nX: %s\r\n%s1\r\n--b--".formatted("y".repeat(9000), PART);

        // when
        assertThatExceptionOfType(FormException.class)
                .isThrownBy(() -> parse(body))
                // then
                .withMessageContaining("8 KiB");
    }

    /// Gives a body in a first piece, then in pieces of one size.
    private static final class Pieces extends ByteArrayInputStream {

        private final int first;
        private final int rest;

        private Pieces(byte[] body, int first, int rest) {
            super(body);
            this.first = first;
            this.rest = rest;
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            var piece = pos < first ? first - pos : rest;
            return super.read(into, offset, Math.min(length, piece));
        }
    }

    private static Map<String, String> parse(byte[] body) {
        try {
            return parse(new ByteArrayInputStream(body), MultipartParser.BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> parse(InputStream body, int bufferBytes) throws IOException {
        var parts = new LinkedHashMap<String, ByteArrayOutputStream>();
        MultipartParser.parse(
                body,
                "b",
                bufferBytes,
                name -> {
                    var content = new ByteArrayOutputStream();
                    parts.put(name, content);
                    return content;
                });
        var texts = new LinkedHashMap<String, String>();
        parts.forEach((name, content) -> texts.put(name, content.toString(ISO_8859_1)));
        return texts;
    }
}
