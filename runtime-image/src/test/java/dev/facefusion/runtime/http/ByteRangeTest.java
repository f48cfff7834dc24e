package dev.facefusion.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// By RFC 9110, section 14, of a file of 10,000 bytes as in its examples.
class ByteRangeTest {

    private static final ByteRange WHOLE = new ByteRange.Whole();
    private static final ByteRange UNSATISFIABLE = new ByteRange.Unsatisfiable();

    static Stream<Arguments> ranges() {
        return Stream.of(
                Arguments.of("bytes=0-499", new ByteRange.Part(0, 499)),
                Arguments.of("bytes=500-999", new ByteRange.Part(500, 999)),
                Arguments.of("bytes=-500", new ByteRange.Part(9500, 9999)),
                Arguments.of("bytes=9500-", new ByteRange.Part(9500, 9999)),
                Arguments.of("bytes=0-0", new ByteRange.Part(0, 0)),
                Arguments.of("bytes=9999-20000", new ByteRange.Part(9999, 9999)),
                Arguments.of("bytes=-20000", new ByteRange.Part(0, 9999)),
                Arguments.of("bytes=10000-", UNSATISFIABLE),
                Arguments.of("bytes=999999999999999999-", UNSATISFIABLE),
                Arguments.of("bytes=-0", UNSATISFIABLE),
                Arguments.of("bytes=500-499", WHOLE),
                Arguments.of("bytes=0-0,-1", WHOLE),
                Arguments.of("bytes=-", WHOLE),
                Arguments.of("bytes=a-b", WHOLE),
                Arguments.of("bytes=9999999999999999999-", WHOLE),
                Arguments.of("lines=0-499", WHOLE),
                Arguments.of("", WHOLE));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void readsARange(String range, ByteRange expected) {
        assertThat(ByteRange.of(range, 10_000)).isEqualTo(expected);
    }
}
