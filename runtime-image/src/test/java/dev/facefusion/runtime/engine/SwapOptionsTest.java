package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.runtime.engine.media.OutputFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwapOptionsTest {

    private static final List<FrameProcessor> SWAP = List.of(FrameProcessor.FACE_SWAPPER);

    @Test
    void namesTheValueThatIsOutOfRange() {
        assertThatThrownBy(() -> new SwapOptions(SWAP, 1.1, OutputFormat.PNG, 95))
                .hasMessage("blendRatio is not in 0..1: 1.1");
        assertThatThrownBy(() -> new SwapOptions(SWAP, Double.NaN, OutputFormat.PNG, 95))
                .hasMessage("blendRatio is not in 0..1: NaN");
        assertThatThrownBy(() -> new SwapOptions(SWAP, 0.8, OutputFormat.JPEG, 0))
                .hasMessage("outputQuality is not in 1..100: 0");
    }

    @Test
    void wantsEachProcessorOnceAndAtLeastOne() {
        var twice = List.of(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_SWAPPER);

        assertThatThrownBy(() -> new SwapOptions(twice, 0.8, OutputFormat.PNG, 95))
                .hasMessageStartingWith("frameProcessors repeats one");
        assertThatThrownBy(() -> new SwapOptions(List.of(), 0.8, OutputFormat.PNG, 95))
                .hasMessage("frameProcessors is empty");
    }
}
