package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Child;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {

    /// What ffmpeg 5.1 said of a small tmpfs.
    private static final String FULL =
            "av_interleaved_write_frame(): No space left on device; Error writing trailer of"
                    + " file:/full/.x.mp4.part: No space left on device";

    @Test
    void aFullDiskIsNoFaultOfTheVideo() {
        assertThat(ofEncoder(FULL))
                .isEqualTo(new VideoOutcome.NotWritten("No space left on device"));
    }

    @Test
    void whateverElseTheEncoderSaysIsPassedOn() {
        assertThat(ofEncoder("Cannot load libcuda.so.1"))
                .isInstanceOfSatisfying(
                        VideoOutcome.Failed.class,
                        failed -> assertThat(failed.detail()).contains("libcuda", "with 1"));
    }

    private static VideoOutcome ofEncoder(String complaints) {
        var trouble = new Trouble.Encoding(new IOException("Broken pipe"));
        var ended =
                new VideoRun.Ended(
                        Optional.of(trouble),
                        Optional.empty(),
                        Optional.of(new Child.End(1, complaints)),
                        38,
                        38);
        return Verdict.on(trouble, ended, VideoLimits.defaults());
    }
}
