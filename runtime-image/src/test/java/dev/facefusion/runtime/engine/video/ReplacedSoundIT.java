package dev.facefusion.runtime.engine.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Videos with the sound of another file: the clip's own tone has 440 Hz, the other one's 880.
@NeedsFfmpeg
@EachFfmpeg
@Timeout(120)
class ReplacedSoundIT {

    private static final double TONE = 880;

    private final Ffmpeg ffmpeg;

    @TempDir private Path folder = Path.of("");

    ReplacedSoundIT(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    @ParameterizedTest
    @CsvSource({
        "tone.flac, out.mp4, aac, true",
        "tone.mp3, out.mp4, mp3, false",
        "tone.m4a, out.mp4, aac, false",
        "tone.wav, out.mkv, pcm_s16le, false",
        "tone.ogg, out.webm, vorbis, false",
        "tone.opus, out.avi, aac, true",
    })
    void isHeardInsteadOfTheVideosOwn(String name, String output, String codec, boolean encoded)
            throws IOException {
        // given: longer than the video
        var tone = tone(name, "sine=880:duration=5");

        // when
        var outcome = run(clip(), tone, output, VideoOptions.defaults());

        // then
        var result = ((VideoOutcome.Finished) outcome).output();
        assertThat(Footages.told(result, "a", "codec_name")).isEqualTo(codec);
        assertThat(hertz(result)).isCloseTo(TONE, within(10.0));
        assertThat(seconds(result)).isCloseTo(2, within(0.06));
        assertThat(Footages.told(result, "v", "nb_read_frames")).isEqualTo("50");
        assertThat(((VideoOutcome.Finished) outcome).alterations())
                .isEqualTo(encoded ? Set.of(Alteration.AUDIO_ENCODED) : Set.of());
    }

    @Test
    void beginsWithTheFirstFrameOfACut() throws IOException {
        // given: its first second only is a tone of 880
        var tone =
                Footages.make(
                        folder.resolve("two.wav"),
                        "-f lavfi -i sine=880:duration=1 -f lavfi -i sine=220:duration=4"
                                + " -filter_complex [0][1]concat=v=0:a=1 FILE");
        var second = VideoOptions.defaults().with(new Trim.Frames(25, OptionalLong.of(50)));

        // when
        run(clip(), tone, "out.mp4", second);

        // then
        var result = folder.resolve("out.mp4");
        assertThat(hertz(result)).isCloseTo(TONE, within(20.0));
        assertThat(seconds(result)).isCloseTo(1, within(0.06));
    }

    @Test
    void endsEarlierWhereItIsShorter() throws IOException {
        // given
        var tone = tone("short.wav", "sine=880:duration=1");

        // when
        run(clip(), tone, "out.mkv", VideoOptions.defaults());

        // then
        var result = folder.resolve("out.mkv");
        assertThat(seconds(result)).isCloseTo(1, within(0.06));
        assertThat(Footages.told(result, "v", "nb_read_frames")).isEqualTo("50");
    }

    @Test
    void isNotLookedAtWhereThereIsToBeNoSound() throws IOException {
        // given
        var silent = VideoOptions.defaults().with(new AudioOptions(Optional.empty(), 80, 0));
        var broken = Files.writeString(folder.resolve("broken.mp3"), "ID3, say");

        // when
        run(clip(), broken, "out.mp4", silent);

        // then
        assertThat(Footages.told(folder.resolve("out.mp4"), "a", "codec_name")).isEmpty();
    }

    @Test
    void isRefusedWhereItIsBroken() throws IOException {
        // given
        var broken = Files.writeString(folder.resolve("broken.mp3"), "ID3, say");

        // when
        var outcome = run(clip(), broken, "out.mp4", VideoOptions.defaults());

        // then
        assertThat(outcome)
                .isEqualTo(
                        new VideoOutcome.NotReady(
                                new BadMedia(
                                        Input.SOURCE,
                                        MediaFault.UNSUPPORTED,
                                        "The sound is broken, or of no format that is read.")));
        assertThat(folder.resolve("out.mp4")).doesNotExist();
    }

    private Path clip() {
        return Footages.clip(folder.resolve("clip.mp4"), "-c:v libx264 -c:a aac");
    }

    private Path tone(String name, String source) {
        return Footages.make(folder.resolve(name), "-f lavfi -i " + source + " FILE");
    }

    private VideoOutcome run(Path video, Path sound, String output, VideoOptions options) {
        var request =
                new VideoRequest(
                                new VideoSource.File(video),
                                folder.resolve(output),
                                options,
                                Map.of(),
                                FinishingTouch.NONE)
                        .with(Optional.of(sound));
        try (var engine = new VideoEngine(ffmpeg, VideoLimits.defaults())) {
            return engine.run(request, HandWork.nothing(), _ -> {}, new Cancellation());
        }
    }

    /// The pitch of a tone, by how often it crosses zero upwards.
    private double hertz(Path video) throws IOException {
        var samples = samples(video);
        int first = -1;
        int last = -1;
        int crossings = -1;
        for (int i = 1; i < samples.length; i++) {
            if (samples[i - 1] < 0 && samples[i] >= 0) {
                first = first < 0 ? i : first;
                last = i;
                crossings++;
            }
        }
        return crossings * 44_100.0 / (last - first);
    }

    private double seconds(Path video) throws IOException {
        return samples(video).length / 44_100.0;
    }

    private byte[] samples(Path video) throws IOException {
        var raw =
                Footages.make(
                        folder.resolve("samples.raw"),
                        "-i " + video + " -map 0:a -ac 1 -ar 44100 -f s8 -c:a pcm_s8 FILE");
        return Files.readAllBytes(raw);
    }
}
