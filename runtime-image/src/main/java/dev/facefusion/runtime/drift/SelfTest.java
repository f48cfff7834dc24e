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
import dev.facefusion.runtime.engine.stage.StageListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Swaps and enhances a bundled sample and compares the result with the expected one. Where the
/// models do not say what to expect, the result must be finite, not black, and show a face.
///
/// The sample lies in a folder of its own while the test runs: nobody tidies it away between two
/// runs. Nothing of what the engine made of it is kept. Several threads may run it at once.
public final class SelfTest {

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

    private SelfTest(Golden golden) {
        this.golden = golden;
    }

    /// Reads what the models should make of the sample.
    public static SelfTest of(Path modelDir) {
        return new SelfTest(Golden.read(modelDir));
    }

    /// The same, to its end, unwatched.
    public SelfTestResult run(Engine engine) {
        return run(engine, (_, _) -> {}, new Cancellation());
    }

    /// Runs the test, on the thread that the engine belongs to. Never throws for what an engine can
    /// do.
    ///
    /// @param progress told what the engine's tasks are told
    /// @throws CancellationException if it was cancelled before it was done
    public SelfTestResult run(Engine engine, StageListener progress, Cancellation cancellation) {
        SelfTestResult result;
        try {
            result = judge(new Subject(engine, progress, cancellation));
        } catch (CancellationException e) {
            throw e;
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

    /// What is tested, and how.
    private record Subject(Engine engine, StageListener progress, Cancellation cancellation) {

        SwapOutcome swap(SwapRequest request) {
            return engine.swap(request, progress, cancellation);
        }
    }

    private SelfTestResult judge(Subject subject) throws IOException {
        var folder = Files.createTempDirectory("self-test");
        try {
            for (var name : SAMPLE) {
                try (var in = SelfTest.class.getResourceAsStream("/self-test/" + name)) {
                    Files.copy(Objects.requireNonNull(in, name), folder.resolve(name));
                }
            }
            return judge(subject, folder);
        } finally {
            remove(folder);
        }
    }

    private SelfTestResult judge(Subject subject, Path folder) throws IOException {
        var outcome =
                subject.swap(
                        new SwapRequest(
                                folder.resolve(SAMPLE.getFirst()),
                                folder.resolve(SAMPLE.getLast()),
                                EVERYTHING));
        return switch (outcome) {
            case SwapOutcome.NoFace _ -> SelfTestResult.failed(Fault.NO_FACE);
            case SwapOutcome.BadMedia _, SwapOutcome.BadOption _ ->
                    SelfTestResult.failed(Fault.NO_OUTPUT);
            case SwapOutcome.Swapped swapped ->
                    switch (PictureReader.read(swapped.image())) {
                        case Decoded.Refused _ -> SelfTestResult.failed(Fault.NO_OUTPUT);
                        case Decoded.Intact(var picture) ->
                                isBlack(picture)
                                        ? SelfTestResult.failed(Fault.BLACK_OUTPUT)
                                        : compare(picture, swapped.image(), subject, folder);
                    };
        };
    }

    private SelfTestResult compare(Picture picture, byte[] image, Subject subject, Path folder)
            throws IOException {
        return switch (golden) {
            case Golden.Broken(var fault) -> SelfTestResult.failed(fault);
            case Golden.Unknown _ ->
                    showsAFace(image, subject, folder)
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

    private static boolean showsAFace(byte[] image, Subject subject, Path folder)
            throws IOException {
        var file = folder.resolve(RESULT);
        var onlyEnhance =
                new SwapOptions(List.of(FrameProcessor.FACE_ENHANCER), 0, OutputFormat.PNG, 95);
        Files.write(file, image);
        return subject.swap(new SwapRequest(file, file, onlyEnhance))
                instanceof SwapOutcome.Swapped;
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

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("The sample of the self-test stays behind");
        }
    }
}
