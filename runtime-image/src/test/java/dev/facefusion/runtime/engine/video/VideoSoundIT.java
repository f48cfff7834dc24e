package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of the sound.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class VideoSoundIT {

    @RegisterExtension private final VideoBench bench;

    VideoSoundIT(Ffmpeg ffmpeg) {
        bench = new VideoBench(ffmpeg);
    }

    @Test
    void goesOnWithoutASoundThatIsAnnouncedAndDoesNotCome() throws IOException {
        // given: a transport stream without the packets of its second stream (PID 0x101)
        var clip = Footages.clip(bench.file("clip.ts"), "-c:v libx264 -c:a aac");
        var packets = Files.readAllBytes(clip);
        var left = new ByteArrayOutputStream();
        for (int at = 0; at < packets.length; at += 188) {
            if ((packets[at + 1] & 0x1F) != 1 || packets[at + 2] != 1) {
                left.write(packets, at, 188);
            }
        }
        Files.write(clip, left.toByteArray());

        // when
        var outcome =
                VideoBench.finished(
                        bench.run(clip, "out.mp4", VideoBench.lossless(), HandWork.nothing()));

        // then
        assertThat(outcome.frames()).isEqualTo(50);
        assertThat(outcome.alterations()).contains(Alteration.SOUND_DROPPED);
        assertThat(Footages.told(outcome.output(), "a", "codec_name")).isEmpty();
    }

    @Test
    void encodesTheSoundWhereTheContainerCannotHoldIt() {
        var source = Footages.clip(bench.file("clip.avi"), "-c:v libx264 -c:a pcm_s16le");

        var outcome =
                VideoBench.finished(
                        bench.run(source, "out.mp4", VideoBench.lossless(), HandWork.nothing()));

        assertThat(outcome.alterations()).contains(Alteration.AUDIO_ENCODED);
        assertThat(Footages.told(outcome.output(), "a", "codec_name")).isEqualTo("aac");
    }

    @Test
    void makesTheSoundQuieterOrLeavesItOut() {
        var source = Footages.clip(bench.file("clip.mp4"), "-c:v libx264 -c:a aac");
        var silent = VideoBench.lossless().with(new AudioOptions(Optional.empty(), 80, 0));
        var mp3 =
                VideoBench.lossless()
                        .with(new AudioOptions(Optional.of(AudioEncoder.LIBMP3LAME), 80, 50));

        bench.run(source, "silent.mp4", silent, HandWork.nothing());
        bench.run(source, "quiet.mp4", mp3, HandWork.nothing());

        assertThat(Footages.told(bench.file("silent.mp4"), "a", "codec_name")).isEmpty();
        assertThat(Footages.told(bench.file("quiet.mp4"), "a", "codec_name")).isEqualTo("mp3");
    }
}
