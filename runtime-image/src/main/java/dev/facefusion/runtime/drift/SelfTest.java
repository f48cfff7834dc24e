package dev.facefusion.runtime.drift;

import dev.facefusion.runtime.drift.SelfTestResult.Fault;
import dev.facefusion.runtime.engine.Engine;
import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.Decoded;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.media.PictureReader;
import dev.facefusion.runtime.engine.session.NonFiniteOutputException;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Swaps and enhances a bundled sample and compares the result with the expected one. Where the
/// models do not say what to expect, the result must be finite, not black, and show a face.
///
/// The sample lies in a folder of its own while this is open. Nothing of what the engine made of it
/// is kept.
public final class SelfTest implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SelfTest.class);

    private static final List<String> SAMPLE = List.of("source.png", "target.png");
    private static final String RESULT = "result.png";
    private static final SwapOptions EVERYTHING =
            new SwapOptions(
                    List.of(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER),
                    0.8,
                    OutputFormat.PNG,
                    95);

    /// Mean of all channels, of 255.
    private static final double BLACK = 8;

    private final Golden golden;
    private final Path folder;

    private SelfTest(Golden golden, Path folder) {
        this.golden = golden;
        this.folder = folder;
    }

    /// Lays the sample out.
    ///
    /// @throws UncheckedIOException if there is no room for it
    public static SelfTest open(Path modelDir) {
        try {
            var folder = Files.createTempDirectory("self-test");
            for (var name : SAMPLE) {
                try (var in = SelfTest.class.getResourceAsStream("/self-test/" + name)) {
                    Files.copy(Objects.requireNonNull(in, name), folder.resolve(name));
                }
            }
            return new SelfTest(Golden.read(modelDir), folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the sample of the self-test cannot be laid out", e);
        }
    }

    /// Runs the test, on the thread that the engine belongs to. Never throws for what an engine can
    /// do.
    public SelfTestResult run(Engine engine) {
        SelfTestResult result;
        try {
            result = judge(engine);
        } catch (NonFiniteOutputException e) {
            log.atError().setCause(e).log("The engine gives no numbers for the golden sample");
            result = SelfTestResult.failed(Fault.NAN_OUTPUT);
        } catch (RuntimeException | IOException e) {
            log.atError().setCause(e).log("The engine makes nothing of the golden sample");
            result = SelfTestResult.failed(Fault.NO_OUTPUT);
        }
        log.atInfo()
                .addKeyValue("fault", result.fault().map(Enum::name).orElse("none"))
                .addKeyValue("likeness", result.likeness())
                .log("Self-test done");
        return result;
    }

    private SelfTestResult judge(Engine engine) throws IOException {
        var outcome =
                swap(
                        engine,
                        new SwapRequest(
                                folder.resolve(SAMPLE.getFirst()),
                                folder.resolve(SAMPLE.getLast()),
                                EVERYTHING));
        return switch (outcome) {
            case SwapOutcome.NoFace _ -> SelfTestResult.failed(Fault.NO_FACE);
            case SwapOutcome.BadMedia _ -> SelfTestResult.failed(Fault.NO_OUTPUT);
            case SwapOutcome.Swapped swapped ->
                    switch (PictureReader.read(swapped.image())) {
                        case Decoded.Refused _ -> SelfTestResult.failed(Fault.NO_OUTPUT);
                        case Decoded.Intact(var picture) ->
                                isBlack(picture)
                                        ? SelfTestResult.failed(Fault.BLACK_OUTPUT)
                                        : compare(picture, swapped.image(), engine);
                    };
        };
    }

    private SelfTestResult compare(Picture picture, byte[] image, Engine engine)
            throws IOException {
        return switch (golden) {
            case Golden.Broken(var fault) -> SelfTestResult.failed(fault);
            case Golden.Unknown _ ->
                    showsAFace(image, engine)
                            ? SelfTestResult.passed(OptionalDouble.empty())
                            : SelfTestResult.failed(Fault.NO_FACE);
            case Golden.Expected(var expected, var minimum) -> {
                var likeness = likeness(picture, expected);
                yield likeness >= minimum
                        ? SelfTestResult.passed(OptionalDouble.of(likeness))
                        : new SelfTestResult(
                                Optional.of(Fault.CHANGED_OUTPUT), OptionalDouble.of(likeness));
            }
        };
    }

    private boolean showsAFace(byte[] image, Engine engine) throws IOException {
        var file = folder.resolve(RESULT);
        var onlyEnhance =
                new SwapOptions(List.of(FrameProcessor.FACE_ENHANCER), 0, OutputFormat.PNG, 95);
        try {
            Files.write(file, image);
            return swap(engine, new SwapRequest(file, file, onlyEnhance))
                    instanceof SwapOutcome.Swapped;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static SwapOutcome swap(Engine engine, SwapRequest request) {
        return engine.swap(request, (_, _) -> {}, new Cancellation());
    }

    private static boolean isBlack(Picture picture) {
        long sum = 0;
        for (byte value : picture.rgb()) {
            sum += value & 0xFF;
        }
        return sum < BLACK * picture.rgb().length;
    }

    private static double likeness(Picture picture, Picture expected) {
        if (picture.width() != expected.width() || picture.height() != expected.height()) {
            return 0;
        }
        double squares = 0;
        for (int i = 0; i < expected.rgb().length; i++) {
            double difference = (picture.rgb()[i] & 0xFF) - (expected.rgb()[i] & 0xFF);
            squares += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255 * expected.rgb().length / squares);
    }

    @Override
    public void close() {
        try {
            for (var name : SAMPLE) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("The sample of the self-test stays behind");
        }
    }
}
