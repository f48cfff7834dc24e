package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.facefusion.runtime.engine.analyse.BlazeFace;
import dev.facefusion.runtime.engine.analyse.BundledRecogniser;
import dev.facefusion.runtime.engine.analyse.Embedding;
import dev.facefusion.runtime.engine.analyse.FaceMesh;
import dev.facefusion.runtime.engine.analyse.FaceSelector;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.MeshFaceFinder;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.options.DetectorOptions;
import dev.facefusion.runtime.engine.options.FaceOrder;
import dev.facefusion.runtime.engine.options.LandmarkerOptions;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.session.ModelSessions;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.StageClock;
import dev.facefusion.runtime.engine.video.EngineWorks;
import dev.facefusion.runtime.engine.video.Footages;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// A whole video through the bundled engine.
@EnabledIf("dev.facefusion.runtime.engine.video.Footages#ffmpegIsThere")
class VideoSwapIT {

    private static final Path PHOTOS = Reference.MODELS.resolve("photos");
    private static final int EVERY = 5;

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
        Footages.make(
                stills.resolve("%04d.png"),
                "-i "
                        + video
                        + " -vf select=not(mod(n\\,"
                        + EVERY
                        + ")) -fps_mode passthrough FILE");
        try (var files = Files.list(stills)) {
            return files.sorted().toList();
        }
    }

    private static void assertMostFramesShowTheSource(List<Path> before, List<Path> after)
            throws IOException {
        int shown = 0;
        int swapped = 0;
        try (var people = new People()) {
            var source = people.find(PHOTOS.resolve("grace_hopper.jpg")).orElseThrow();
            for (int i = 0; i < before.size(); i++) {
                var target = people.find(before.get(i));
                if (target.isPresent()) {
                    shown++;
                    var result = people.find(after.get(i));
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

    /// Tells people apart.
    private static final class People implements AutoCloseable {

        private final ModelSessions sessions =
                ModelSessions.open(
                        ModelStore.open(Reference.MODELS),
                        List.of("blazeface_back_256", "facemesh_468", "face_embedding_128"),
                        ExecutionSettings.cpu(2));
        private final MeshFaceFinder finder =
                new MeshFaceFinder(
                        new BlazeFace(sessions.get("blazeface_back_256")),
                        new FaceMesh(sessions.get("facemesh_468")));
        private final BundledRecogniser recogniser =
                new BundledRecogniser(sessions.get("face_embedding_128"));

        /// Of the largest face.
        Optional<Embedding> find(Path file) throws IOException {
            var picture = Reference.picture(Files.readAllBytes(file));
            var inquiry =
                    new Inquiry(
                            DetectorOptions.defaults(), LandmarkerOptions.defaults(), false, false);
            var faces =
                    finder.find(picture, inquiry, new StageClock((_, _) -> {}, new Cancellation()));
            return FaceSelector.ordered(faces, FaceOrder.LARGE_SMALL).stream()
                    .findFirst()
                    .map(face -> recogniser.embed(picture, face));
        }

        @Override
        public void close() {
            sessions.close();
        }
    }
}
