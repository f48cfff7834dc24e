package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

    private static final FrameTimes AT_25 = new FrameTimes.Constant(100, 0.2, 25);
    private static final FrameTimes UNEVEN =
            new FrameTimes.Listed(new double[] {0, 0.1, 0.5, 0.6, 1.6});

    @Test
    void takesFramesAndTheSoundThatBelongsToThem() {
        var window = Window.of(new Trim.Frames(10, OptionalLong.of(20)), AT_25).orElseThrow();

        assertThat(window.first()).isEqualTo(10);
        assertThat(window.frames()).isEqualTo(10);
        // 0.2 s + 10/25 s to 0.2 s + 20/25 s; the pictures' cuts lie half a frame earlier, and
        // count from the first frame
        assertThat(window.sound().orElseThrow().arguments())
                .isEqualTo(List.of("-ss", "0.600000", "-t", "0.400000"));
        assertThat(window.pictures().orElseThrow().arguments())
                .isEqualTo(List.of("-ss", "0.580000", "-t", "0.380000"));
    }

    @Test
    void takesUnevenFramesByTheirOwnTimes() {
        var window = Window.of(new Trim.Frames(2, OptionalLong.of(4)), UNEVEN).orElseThrow();

        assertThat(window.sound().orElseThrow().arguments())
                .isEqualTo(List.of("-ss", "0.500000", "-t", "1.100000"));
        assertThat(window.pictures().orElseThrow().arguments())
                .isEqualTo(List.of("-ss", "0.300000", "-t", "0.600000"));
    }

    @ParameterizedTest
    @CsvSource({
        "600, 1000, 10, 10", // exactly on frames
        "601, 1001, 11, 10", // the first frame at or after
        "0, 200, 0, 0", // before the first
        "0, 201, 0, 1",
        "4100, 9000, 98, 2", // to the end
        "4200, 9000, 0, 0", // behind it
    })
    void takesTheFramesWithinATime(int fromMillis, int toMillis, long first, long frames) {
        var trim =
                new Trim.Times(
                        Duration.ofMillis(fromMillis), Optional.of(Duration.ofMillis(toMillis)));

        var window = Window.of(trim, AT_25);

        if (frames == 0) {
            assertThat(window).isEmpty();
        } else {
            assertThat(window.orElseThrow().first()).isEqualTo(first);
            assertThat(window.orElseThrow().frames()).isEqualTo(frames);
        }
    }

    @Test
    void clampsToTheVideosEnd() {
        assertThat(
                        Window.of(new Trim.Frames(90, OptionalLong.of(200)), AT_25)
                                .orElseThrow()
                                .frames())
                .isEqualTo(10);
        assertThat(
                        Window.of(new Trim.Frames(90, OptionalLong.empty()), AT_25)
                                .orElseThrow()
                                .frames())
                .isEqualTo(10);
        assertThat(Window.of(new Trim.Frames(100, OptionalLong.empty()), AT_25)).isEmpty();
    }

    @Test
    void leavesAWholeVideoAsItIs() {
        assertThat(Window.of(new Trim.Whole(), AT_25)).contains(Window.whole(100));
    }
}
