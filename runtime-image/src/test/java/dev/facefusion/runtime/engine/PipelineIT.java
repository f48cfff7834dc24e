package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.geometry.QuarterTurn;
import dev.facefusion.runtime.engine.image.AreaResize;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.MediaFault;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.media.PictureWriter;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.engine.stage.StageListener;
import dev.facefusion.runtime.models.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineIT {

    private static final byte[] COLLINS = Reference.photo("astronaut.png");
    private static final byte[] HOPPER = Reference.photo("grace_hopper.jpg");
    private static final SwapOptions ENHANCED =
            new SwapOptions(
                    List.of(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER),
                    0.8,
                    OutputFormat.PNG,
                    95);

    @TempDir private static Path files;

    private static Pipeline pipeline;

    @BeforeAll
    static void open() {
        pipeline =
                EnginePlan.of(ModelStore.open(Reference.MODELS), ExecutionSettings.cpu(1)).open();
        pipeline.warmUp();
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @CsvSource({
        "collins_on_hopper, false",
        "collins_on_hopper, true",
        "hopper_on_collins, false",
        "hopper_on_collins, true"
    })
    void paintsWhatTheReferencePaints(String name, boolean enhanced) {
        // given
        boolean forth = name.startsWith("collins");
        var options = enhanced ? ENHANCED : SwapOptions.defaults();
        var box = Reference.json("faces.json").get("swaps").get(name);
        var expected =
                Reference.picture(Reference.bytes(name + (enhanced ? "_enhanced.png" : ".png")));

        // when
        var result = swap(forth ? COLLINS : HOPPER, forth ? HOPPER : COLLINS, options);

        // then
        var picture = Reference.picture(result.image());
        assertThat(peakSignalToNoise(picture, box, expected)).isGreaterThan(45);
        if (!enhanced) {
            assertThat(pixelsChangedOutside(picture, forth ? HOPPER : COLLINS, box)).isZero();
        }
    }

    @Test
    void tellsOfEveryStage() {
        var stages = EnumSet.noneOf(Stage.class);

        pipeline.swap(
                request(COLLINS, HOPPER, ENHANCED),
                (stage, _) -> stages.add(stage),
                new Cancellation());

        assertThat(stages)
                .isEqualTo(
                        EnumSet.complementOf(
                                EnumSet.of(Stage.LANDMARK, Stage.RECOGNISE, Stage.SWAP)));
    }

    @Test
    void repeatsItselfWhateverRanBetween() {
        // given
        var first = swap(COLLINS, HOPPER, ENHANCED).image();

        // when
        swap(HOPPER, COLLINS, SwapOptions.defaults());
        var second = swap(COLLINS, HOPPER, ENHANCED).image();

        // then
        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"LEFT, RIGHT", "RIGHT, LEFT", "HALF, HALF"})
    void swapsWhicheverWayUpTheTargetIs(QuarterTurn turn, QuarterTurn back) {
        // given
        var target = png(Reference.picture(HOPPER).turned(turn));

        // when
        var result = swap(COLLINS, target, SwapOptions.defaults());

        // then
        var upright = png(Reference.picture(result.image()).turned(back));
        try (var identity = new Identity(ExecutionSettings.cpu(1))) {
            assertThat(identity.distance(upright, COLLINS)).isLessThan(0.5);
            assertThat(identity.distance(upright, HOPPER)).isGreaterThan(0.55);
        }
    }

    @Test
    void movesTheIdentityInBothDirections() {
        var forth = swap(COLLINS, HOPPER, SwapOptions.defaults()).image();
        var back = swap(HOPPER, COLLINS, SwapOptions.defaults()).image();

        try (var identity = new Identity(ExecutionSettings.cpu(1))) {
            assertThat(identity.distance(forth, COLLINS)).isLessThan(0.5);
            assertThat(identity.distance(forth, HOPPER)).isGreaterThan(0.55);
            assertThat(identity.distance(back, HOPPER)).isLessThan(0.5);
            assertThat(identity.distance(back, COLLINS)).isGreaterThan(0.55);
        }
    }

    @Test
    void putsTheLargestSourceFaceOntoEveryFaceOfTheTarget() {
        // given: Hopper large, Collins at half her size
        var both = png(beside(Reference.picture(HOPPER), halved(Reference.picture(COLLINS))));

        // when
        var many = swap(COLLINS, both, SwapOptions.defaults());
        var largest = swap(both, COLLINS, SwapOptions.defaults());

        // then
        assertThat(many.targetFaces()).isEqualTo(2);
        try (var identity = new Identity(ExecutionSettings.cpu(1))) {
            assertThat(identity.distance(many.image(), COLLINS)).isLessThan(0.5);
            assertThat(identity.distance(largest.image(), HOPPER)).isLessThan(0.5);
        }
    }

    @Test
    void swapsAFaceThatFillsALargePhotograph() {
        // given: a face of 800 pixels, its region of 2 megapixels
        var large = enlarged(Reference.picture(HOPPER), 4);

        // when
        var result = swap(COLLINS, png(large), SwapOptions.defaults());

        // then: it is what the small photograph shows, in large
        var small = halved(halved(Reference.picture(result.image())));
        var box = Reference.json("faces.json").get("swaps").get("collins_on_hopper");
        var expected = Reference.picture(Reference.bytes("collins_on_hopper.png"));
        assertThat(peakSignalToNoise(small, box, expected)).isGreaterThan(35);
    }

    @Test
    void enhancesWithoutASourceWhenNothingIsSwapped() {
        // given
        var options =
                new SwapOptions(List.of(FrameProcessor.FACE_ENHANCER), 0.8, OutputFormat.JPEG, 90);

        // when
        var result = swap(new byte[0], HOPPER, options);

        // then
        assertThat(result.format()).isEqualTo(OutputFormat.JPEG);
        assertThat(result.image()).startsWith(0xFF, 0xD8);
        assertThat(result.targetFaces()).isEqualTo(1);
    }

    @Test
    void saysWhichPictureShowsNoFace() {
        assertThat(outcome(noise(), HOPPER)).isEqualTo(new NoFace(Input.SOURCE));
        assertThat(outcome(COLLINS, landscape())).isEqualTo(new NoFace(Input.TARGET));
        assertThat(outcome(COLLINS, png(Picture.black(1, 1)))).isEqualTo(new NoFace(Input.TARGET));
    }

    @Test
    void saysWhichPictureIsBad() {
        var half = Arrays.copyOf(HOPPER, HOPPER.length / 2);

        assertThat(outcome(new byte[0], HOPPER))
                .asInstanceOf(type(BadMedia.class))
                .returns(Input.SOURCE, BadMedia::input)
                .returns(MediaFault.EMPTY, BadMedia::fault);
        assertThat(outcome(COLLINS, half))
                .asInstanceOf(type(BadMedia.class))
                .returns(Input.TARGET, BadMedia::input)
                .returns(MediaFault.TRUNCATED, BadMedia::fault);
    }

    @Test
    void swapsAFaceThatThePictureCutsOff() {
        // given: Hopper without her chin and her right cheek
        var photo = Reference.picture(HOPPER);
        var cut = part(photo, 240, 0, 272, 300);

        // when
        var outcome = outcome(COLLINS, png(cut));

        // then
        assertThat(outcome).isInstanceOfAny(Swapped.class, NoFace.class);
    }

    @Test
    void stopsACancelledSwapAndIsAsGoodAsBefore() {
        // given
        var before = swap(COLLINS, HOPPER, ENHANCED).image();
        var cancellation = new Cancellation();
        var seen = new ArrayList<Stage>();

        // when
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() ->
                        pipeline.swap(
                                request(COLLINS, HOPPER, ENHANCED),
                                (stage, _) -> {
                                    seen.add(stage);
                                    if (stage == Stage.BLEND) {
                                        cancellation.cancel();
                                    }
                                },
                                cancellation));
        cancellation.cancel(); // late: it must not meet the next task

        // then
        assertThat(seen).contains(Stage.BLEND).doesNotContain(Stage.ENHANCE);
        assertThat(swap(COLLINS, HOPPER, ENHANCED).image()).isEqualTo(before);
    }

    @RepeatedTest(20)
    void stopsWithinTheRunOfAModel(RepetitionInfo repetition) throws Exception {
        // given
        var cancellation = new Cancellation();
        var enhancing = new CountDownLatch(1);
        var canceller =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                enhancing.await();
                                // somewhere within the enhancer's run, which takes longer
                                LockSupport.parkNanos(
                                        repetition.getCurrentRepetition() * 1_000_000L);
                                cancellation.cancel();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });

        // when
        var outcome =
                catchThrowable(() ->
                        pipeline.swap(
                                request(COLLINS, HOPPER, ENHANCED),
                                (stage, _) -> {
                                    if (stage == Stage.BLEND) {
                                        enhancing.countDown();
                                    }
                                },
                                cancellation));
        canceller.join();

        // then
        if (outcome != null) {
            assertThat(outcome).isInstanceOf(CancellationException.class);
        }
        assertThat(outcome(COLLINS, HOPPER)).isInstanceOf(Swapped.class);
    }

    @Test
    void tellsOfEveryRunOfAModel() {
        // given
        var moves = new AtomicInteger();
        var listener =
                new StageListener() {
                    @Override
                    public void finished(Stage stage, Duration elapsed) {}

                    @Override
                    public void moved() {
                        moves.incrementAndGet();
                    }
                };

        // when
        pipeline.swap(request(COLLINS, HOPPER, ENHANCED), listener, new Cancellation());

        // then
        assertThat(moves)
                .hasValueGreaterThanOrEqualTo(5); // two detections, two meshes, one enhancement
    }

    private static Swapped swap(byte[] source, byte[] target, SwapOptions options) {
        return (Swapped) outcome(source, target, options);
    }

    private static SwapOutcome outcome(byte[] source, byte[] target) {
        return outcome(source, target, SwapOptions.defaults());
    }

    private static SwapOutcome outcome(byte[] source, byte[] target, SwapOptions options) {
        return pipeline.swap(request(source, target, options), silent(), new Cancellation());
    }

    private static SwapRequest request(byte[] source, byte[] target, SwapOptions options) {
        return new SwapRequest(file("source", source), file("target", target), options);
    }

    private static Path file(String name, byte[] content) {
        try {
            return Files.write(files.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StageListener silent() {
        return (_, _) -> {};
    }

    private static byte[] png(Picture picture) {
        return PictureWriter.write(picture, OutputFormat.PNG, 95);
    }

    private static byte[] noise() {
        var picture = Picture.black(320, 240);
        new Random(1).nextBytes(picture.rgb());
        return png(picture);
    }

    private static byte[] landscape() {
        var picture = Picture.black(400, 300);
        for (int i = 0; i < picture.rgb().length; i++) {
            int y = i / 3 / 400;
            picture.rgb()[i] =
                    (byte) (y < 150 ? 255 - y - 40 * (2 - i % 3) : 40 + y / 4 + 30 * (i % 3 % 2));
        }
        return png(picture);
    }

    private static Picture enlarged(Picture picture, int factor) {
        var enlarged = Picture.black(factor * picture.width(), factor * picture.height());
        for (int i = 0; i < enlarged.rgb().length; i++) {
            int x = i / 3 % enlarged.width() / factor;
            int y = i / 3 / enlarged.width() / factor;
            enlarged.rgb()[i] = picture.rgb()[3 * (y * picture.width() + x) + i % 3];
        }
        return enlarged;
    }

    private static Picture halved(Picture picture) {
        return new AreaResize().shrink(picture, picture.width() / 2, picture.height() / 2);
    }

    private static Picture beside(Picture left, Picture right) {
        var both =
                Picture.black(
                        left.width() + right.width(), Math.max(left.height(), right.height()));
        copy(left, 0, 0, left.width(), left.height(), both, 0);
        copy(right, 0, 0, right.width(), right.height(), both, left.width());
        return both;
    }

    private static Picture part(Picture picture, int left, int top, int width, int height) {
        var part = Picture.black(width, height);
        copy(picture, left, top, width, height, part, 0);
        return part;
    }

    private static void copy(
            Picture from, int left, int top, int width, int height, Picture to, int toLeft) {
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    from.rgb(),
                    3 * ((top + y) * from.width() + left),
                    to.rgb(),
                    3 * (y * to.width() + toLeft),
                    3 * width);
        }
    }

    /// In decibels, over the box.
    private static double peakSignalToNoise(Picture picture, JsonNode box, Picture expected) {
        int left = box.get(0).intValue();
        int top = box.get(1).intValue();
        double squares = 0;
        for (int y = 0; y < expected.height(); y++) {
            for (int i = 0; i < 3 * expected.width(); i++) {
                int actual = picture.rgb()[3 * ((top + y) * picture.width() + left) + i] & 0xFF;
                double difference = actual - (expected.rgb()[3 * y * expected.width() + i] & 0xFF);
                squares += difference * difference;
            }
        }
        return 10 * Math.log10(255.0 * 255 * expected.rgb().length / squares);
    }

    private static int pixelsChangedOutside(Picture picture, byte[] target, JsonNode box) {
        var original = Reference.picture(target);
        var changed = new ArrayList<Integer>();
        for (int i = 0; i < picture.rgb().length; i++) {
            int x = i / 3 % picture.width();
            int y = i / 3 / picture.width();
            boolean inside =
                    x >= box.get(0).intValue()
                            && y >= box.get(1).intValue()
                            && x < box.get(2).intValue()
                            && y < box.get(3).intValue();
            if (!inside && picture.rgb()[i] != original.rgb()[i]) {
                changed.add(i);
            }
        }
        return changed.size();
    }
}
