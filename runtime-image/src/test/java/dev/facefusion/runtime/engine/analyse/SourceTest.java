package dev.facefusion.runtime.engine.analyse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SourceTest {

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void isEncodedOnceForEachProcessor() {
        // given
        var source = Source.of(List.of());

        // when
        var first = source.encoded("one", this::encode);
        var again = source.encoded("one", this::encode);
        var other = source.encoded("other", this::encode);

        // then
        assertThat(again).isSameAs(first).containsExactly(1);
        assertThat(other).containsExactly(2);
    }

    @Test
    void keepsWhatIsMadeOfItToItself() {
        // given
        var first = Source.of(List.of()).encoded("one", this::encode);

        // then
        assertThat(Source.of(List.of()).encoded("one", this::encode)).isNotEqualTo(first);
    }

    private float[] encode(Source source) {
        return new float[] {calls.incrementAndGet()};
    }
}
