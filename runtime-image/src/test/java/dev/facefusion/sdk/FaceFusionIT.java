package dev.facefusion.sdk;

import static java.awt.image.BufferedImage.TYPE_3BYTE_BGR;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.video.Alteration;
import dev.facefusion.runtime.engine.video.Footages;
import dev.facefusion.runtime.engine.video.VideoProgress;
import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.provenance.MarkReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a Java program sees of the engine, with the bundled models.
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class FaceFusionIT {

    private static final Path SOURCE = Path.of("models/photos/grace_hopper.jpg");
    private static final Path TARGET = Path.of("models/photos/astronaut.png");
    private static final Setup SETUP =
            Setup.bundled().models(Path.of("models")).executionThreads(4);

    @TempDir private Path directory = Path.of("");

    private final FaceFusion faceFusion = FaceFusion.open(SETUP);

    @AfterAll
    void close() {
        faceFusion.close();
    }

    @Test
    void writesTheResultAndTellsEveryStage() throws Exception {
        // given
        var stages = new ArrayList<Stage>();
        var task =
                SwapTask.of(SOURCE, TARGET, directory.resolve("out.jpg"))
                        .frameProcessors(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER)
                        .blendRatio(0.5)
                        .option("face_selector_mode", "one");

        // when
        var result = faceFusion.start(task, (stage, _) -> stages.add(stage)).await();

        // then
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Done.class,
                        done -> {
                            assertThat(done.width()).isEqualTo(512);
                            assertThat(done.faces()).isEqualTo(1);
                        });
        assertThat(ImageIO.read(directory.resolve("out.jpg").toFile()).getHeight()).isEqualTo(512);
        assertThat(stages)
                .contains(Stage.DECODE, Stage.DETECT, Stage.WARP, Stage.ENHANCE, Stage.ENCODE);
    }

    @Test
    void enhancesOnlyFacesOfTheSizeThatIsAskedFor() throws Exception {
        // given: the face of this photo is about 100 pixels large
        var plain = SwapTask.of(SOURCE, TARGET, directory.resolve("plain.png"));
        var enhanced =
                SwapTask.of(SOURCE, TARGET, directory.resolve("enhanced.png"))
                        .frameProcessors(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER);

        // when
        faceFusion.process(plain);
        faceFusion.process(enhanced.option("enhance_face_size", 256));
        var left = pixels(enhanced.output());
        faceFusion.process(enhanced.option("enhance_face_size", 40));

        // then
        assertThat(left).isEqualTo(pixels(plain.output()));
        assertThat(pixels(enhanced.output())).isNotEqualTo(left);
    }

    private static int[] pixels(Path file) throws Exception {
        var image = ImageIO.read(file.toFile());
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    @Test
    void takesSeveralPicturesOfOnePerson() {
        var task = SwapTask.of(SOURCE, TARGET, directory.resolve("out.png")).source(SOURCE);

        assertThat(faceFusion.process(task)).isInstanceOf(Result.Done.class);
    }

    @Test
    void worksOnAVideoFrameByFrame() throws Exception {
        // given
        var clip = directory.resolve("clip.mp4");
        var made =
                new ProcessBuilder(
                                "ffmpeg",
                                "-v",
                                "error",
                                "-nostdin",
                                "-loop",
                                "1",
                                "-i",
                                TARGET.toString(),
                                "-f",
                                "lavfi",
                                "-i",
                                "sine",
                                "-t",
                                "1",
                                "-r",
                                "10",
                                "-pix_fmt",
                                "yuv420p",
                                clip.toString())
                        .inheritIO()
                        .start();
        assertThat(made.waitFor()).isZero();
        var output = directory.resolve("film.mp4");
        var counts = new ArrayList<Long>();
        var listener =
                new ProgressListener() {
                    @Override
                    public void finished(Stage stage, Duration elapsed) {}

                    @Override
                    public void progressed(VideoProgress progress) {
                        counts.add(progress.frames());
                    }
                };

        // when
        var task = SwapTask.of(SOURCE, clip, output).option("trim_frame_end", 6);
        var result = faceFusion.start(task, listener).await();

        // then
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Filmed.class,
                        film -> {
                            assertThat(film.frames()).isEqualTo(6);
                            assertThat(film.changedFrames()).isEqualTo(6);
                            assertThat(film.width()).isEqualTo(512);
                        });
        assertThat(counts).last().isEqualTo(6L);
        try (var content = Files.newInputStream(output)) {
            assertThat(MarkReader.read(content))
                    .isInstanceOfSatisfying(
                            MarkReader.Reading.Read.class,
                            read -> assertThat(read.report().marks()).hasSize(3));
        }
    }

    @Test
    void writesAWebpWithItsMarks() throws Exception {
        // given
        var output = directory.resolve("out.webp");

        // when
        var result = faceFusion.process(SwapTask.of(SOURCE, TARGET, output));

        // then
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Done.class, done -> assertThat(done.alterations()).isEmpty());
        try (var content = Files.newInputStream(output)) {
            assertThat(MarkReader.read(content))
                    .isInstanceOfSatisfying(
                            MarkReader.Reading.Read.class,
                            read -> assertThat(read.report().marks()).hasSize(2));
        }
        var plain = SwapTask.of(SOURCE, TARGET, directory.resolve("plain.png"));
        faceFusion.process(plain);
        var decoded = Footages.make(directory.resolve("out.png"), "-i " + output + " FILE");
        assertThat(meanDifference(pixels(decoded), pixels(plain.output()))).isLessThan(3);
    }

    private static double meanDifference(int[] some, int[] others) {
        long sum = 0;
        for (int i = 0; i < some.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                sum += Math.abs((some[i] >> shift & 0xFF) - (others[i] >> shift & 0xFF));
            }
        }
        return sum / (3.0 * some.length);
    }

    @Test
    void saysThatABmpBearsNoMarks() {
        var task = SwapTask.of(SOURCE, TARGET, directory.resolve("out.bmp"));

        assertThat(faceFusion.process(task))
                .isInstanceOfSatisfying(
                        Result.Done.class,
                        done ->
                                assertThat(done.alterations())
                                        .containsExactly(Alteration.UNMARKED));
    }

    @Test
    void asksForAnotherFormatWhereAPictureIsTooLongForWebp() throws Exception {
        // given
        var target = directory.resolve("long.png");
        ImageIO.write(new BufferedImage(16_384, 64, TYPE_3BYTE_BGR), "png", target.toFile());

        // when
        var result =
                faceFusion.process(SwapTask.of(SOURCE, target, directory.resolve("long.webp")));

        // then
        assertThat(result)
                .isEqualTo(
                        new Result.Unavailable(
                                "output",
                                "another format than webp, whose sides have at most 16383 pixels"));
    }

    @Test
    void asksForAnotherFormatWhereThereIsNoFfmpeg() {
        // given
        var output = directory.resolve("nothing.webp");

        // when
        Result result;
        try (var without = FaceFusion.open(SETUP.setting("PATH", directory.toString()))) {
            result = without.process(SwapTask.of(SOURCE, TARGET, output));
        }

        // then
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Unavailable.class,
                        unavailable -> {
                            assertThat(unavailable.option()).isEqualTo("output");
                            assertThat(unavailable.expected())
                                    .contains("another format than webp")
                                    .contains("no ffmpeg on the search path");
                        });
        assertThat(output).doesNotExist();
    }

    @Test
    void tracksAFaceThroughAFrameThatDoesNotShowIt() {
        // given
        var blink = Footages.blink(directory.resolve("blink.mp4"), TARGET, 6, 3);
        var task = SwapTask.of(SOURCE, blink, directory.resolve("film.mp4"));

        // when
        var untracked = faceFusion.process(task);
        var tracked = faceFusion.process(task.option("face_tracker_score", 0.3));

        // then
        assertThat(((Result.Filmed) untracked).changedFrames()).isEqualTo(5);
        assertThat(((Result.Filmed) tracked).changedFrames()).isEqualTo(6);
    }

    @Test
    void saysWhatIsWrongAsAValue() throws Exception {
        // given
        var text = Files.writeString(directory.resolve("text.png"), "not a picture");
        var output = directory.resolve("nothing.png");

        // when
        var unusable = faceFusion.process(SwapTask.of(SOURCE, text, output));

        // then
        assertThat(unusable)
                .isEqualTo(
                        new Result.Unusable(
                                Input.TARGET, "The file is neither JPEG, PNG nor WebP."));
        assertThat(output).doesNotExist();
    }

    @Test
    void leavesNothingOfACancelledTask() throws Exception {
        // given
        var output = directory.resolve("cancelled.png");
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var running =
                faceFusion.start(
                        SwapTask.of(SOURCE, TARGET, output),
                        (_, _) -> {
                            begun.countDown();
                            await(goOn);
                        });

        // when
        begun.await();
        running.cancel();
        goOn.countDown();

        // then
        assertThat(running.await()).isEqualTo(new Result.Cancelled());
        assertThat(output).doesNotExist();
        assertThat(faceFusion.process(SwapTask.of(SOURCE, TARGET, output)))
                .isInstanceOf(Result.Done.class);
    }

    @Test
    void namesAFileThatCannotBeWritten() {
        var task = SwapTask.of(SOURCE, TARGET, directory.resolve("missing/out.png"));

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> faceFusion.process(task))
                .withMessageContaining("missing/out.png cannot be written");
    }

    @Test
    void refusesAnOptionBeforeAnythingRuns() {
        var task = SwapTask.of(SOURCE, TARGET, directory.resolve("out.png"));

        assertThatExceptionOfType(BadOptionException.class)
                .isThrownBy(() -> task.option("face_mask_blur", 2));
        assertThatExceptionOfType(BadOptionException.class)
                .isThrownBy(() -> task.option("mask_blur", 0.2))
                .withMessageContaining("face_mask_blur");
        assertThatExceptionOfType(BadOptionException.class)
                .isThrownBy(() -> SwapTask.of(SOURCE, TARGET, Path.of("out.gif")));
    }

    @Test
    void theExampleOfTheDocumentationCompilesAndRuns() throws Exception {
        // given
        var example =
                Files.readString(Path.of("src/main/java/dev/facefusion/sdk/package-info.java"));
        var code =
                Pattern.compile("(?s)/// ```java\n(.*?)/// ```")
                        .matcher(example)
                        .results()
                        .map(match -> match.group(1).replaceAll("(?m)^/// ?", ""))
                        .collect(Collectors.joining())
                        .replace("me.jpg", SOURCE.toString())
                        .replace("crew.jpg", TARGET.toString())
                        .replace("out.png", directory.resolve("example.png").toString())
                        .replace("Setup.bundled()", "Setup.bundled().models(Path.of(\"models\"))");
        var file =
                Files.writeString(
                        directory.resolve("Example.java"),
                        """
                        import dev.facefusion.runtime.engine.FrameProcessor;
                        import dev.facefusion.sdk.*;
                        import java.nio.file.Path;

                        public class Example {
                            public static void run() {
                        %s
                            }
                        }
                        """
                                .formatted(code));

        // when
        var errors = new ByteArrayOutputStream();
        var failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                errors,
                                "-d",
                                directory.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                file.toString());

        // then
        assertThat(failed).as(errors.toString(UTF_8)).isZero();
        assertThat(printedBy(directory)).contains("example.png, 1");
    }

    private static String printedBy(Path classes) throws Exception {
        var printed = new ByteArrayOutputStream();
        var before = System.out;
        try (var loader = new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            loader.loadClass("Example").getMethod("run").invoke(null);
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
