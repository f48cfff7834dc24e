package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.video.EngineWorks;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.NeedsFfmpeg;
import dev.facefusion.runtime.engine.video.VideoEngine;
import dev.facefusion.runtime.engine.video.VideoLimits;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.engine.video.VideoOutcome;
import dev.facefusion.runtime.engine.video.VideoRequest;
import dev.facefusion.runtime.engine.video.VideoSource;
import dev.facefusion.runtime.models.ModelStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole video through the bundled engine.
@NeedsFfmpeg
class VideoSwapIT {

    private static final Path PHOTOS = Reference.MODELS.resolve("photos");

    @TempDir private Path folder;

    @Test
    void theFaceOfAMovingPortraitBecomesTheSources() throws IOException {
        // given
        var target =
                Footages.portrait(
                        folder.resolve("target.mp4"),
                        PHOTOS.resolve("astronaut.png"),
                        "1280x720",
                        10);
        var output = folder.resolve("out.mp4");

        // when
        VideoOutcome outcome;
        try (var engine =
                        EnginePlan.of(ModelStore.open(Reference.MODELS), ExecutionSettings.cpu(2))
                                .open();
                var videos =
                        new VideoEngine(
                                Ffmpeg.find(Footages.SEARCH_PATH), VideoLimits.defaults())) {
            outcome =
                    videos.run(
                            new VideoRequest(
                                    new VideoSource.File(target), output, VideoOptions.defaults()),
                            new EngineWorks(
                                    List.of(engine),
                                    List.of(PHOTOS.resolve("grace_hopper.jpg")),
                                    SwapOptions.defaults()),
                            _ -> {},
                            new Cancellation());
        }

        // then
        assertThat(outcome).isInstanceOf(VideoOutcome.Finished.class);
        assertThat(((VideoOutcome.Finished) outcome).frames()).isEqualTo(250);
        assertThat(((VideoOutcome.Finished) outcome).alterations()).isEmpty();
        assertThat(Footages.told(output, "v", "width,height,avg_frame_rate,nb_read_frames"))
                .isEqualTo("1280,720,25/1,250");
        assertThat(Double.parseDouble(Footages.told(output, "v", "duration")))
                .isCloseTo(10, within(0.04));
        assertThat(Footages.told(output, "a", "codec_name")).isEqualTo("aac");
        assertThat(Double.parseDouble(Footages.told(output, "a", "duration")))
                .isCloseTo(10, within(0.04));
        assertMostFramesShowTheSource(stills(target, "target"), stills(output, "output"));
    }

    private List<Path> stills(Path video, String name) throws IOException {
        var stills = Files.createDirectory(folder.resolve(name));
        Footages.make(stills.resolve("%04d.png"), "-i " + video + " -fps_mode passthrough FILE");
        try (var files = Files.list(stills)) {
            return files.sorted().toList();
        }
    }

    private static void assertMostFramesShowTheSource(List<Path> before, List<Path> after)
            throws IOException {
        int shown = 0;
        int swapped = 0;
        try (var people = new Identity(ExecutionSettings.cpu(2))) {
            var source =
                    people.find(Files.readAllBytes(PHOTOS.resolve("grace_hopper.jpg")))
                            .orElseThrow();
            for (int i = 0; i < before.size(); i++) {
                var target = people.find(Files.readAllBytes(before.get(i)));
                if (target.isPresent()) {
                    shown++;
                    var result = people.find(Files.readAllBytes(after.get(i)));
                    if (result.isPresent()
                            && result.get().distanceTo(source)
                                    < result.get().distanceTo(target.get())) {
                        swapped++;
                    }
                }
            }
        }
        // a tenth of the time there is no face
        assertThat(shown).isBetween(before.size() * 8 / 10, before.size() * 92 / 100);
        assertThat(swapped).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * shown));
    }
}
