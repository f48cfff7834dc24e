package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.Pipeline;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapOutcome.BadMedia;
import dev.facefusion.runtime.engine.SwapOutcome.BadOption;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.provenance.Marker;
import dev.facefusion.runtime.server.RuntimeConfig;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `facefusion run`: one picture, without a server.
@Command(
        name = "run",
        description = "Puts the source's face onto every face of the target.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer =
                "  facefusion run --source me.jpg --target crew.jpg --output out.png"
                        + " --frame-processors face_swapper,face_enhancer")
final class RunCommand implements Callable<Integer> {

    @Option(
            names = {"-s", "--source"},
            required = true,
            description = "JPEG or PNG with the face to use")
    private Path source = Path.of("");

    @Option(
            names = {"-t", "--target"},
            required = true,
            description = "JPEG or PNG with the faces to replace")
    private Path target = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            description = "File to write; its ending, .png, .jpg or .jpeg, is the format")
    private Path output = Path.of("");

    @Option(
            names = "--frame-processors",
            split = ",",
            converter = FrameProcessorName.class,
            description = "face_swapper, face_enhancer or both (face_swapper)")
    private List<FrameProcessor> frameProcessors = SwapOptions.defaults().frameProcessors();

    @Option(
            names = "--blend-ratio",
            description = "Share of the enhanced face, 0 to 1 (${DEFAULT-VALUE})")
    private double blendRatio = SwapOptions.defaults().blendRatio();

    @Option(
            names = "--output-quality",
            description = "Quality of a JPEG, 1 to 100 (${DEFAULT-VALUE})")
    private int outputQuality = SwapOptions.defaults().outputQuality();

    @Override
    public Integer call() {
        LoggingConfig.useStandardError();
        var options = options();
        var config = RuntimeConfig.fromEnvironment();
        var request =
                new SwapRequest(NamedFile.readable(source), NamedFile.readable(target), options);
        var marker =
                new Marker(
                        config.provenance(), InstantSource.system(), new CompositeMeterRegistry());
        var id = UUID.randomUUID().toString();
        var progress = Progress.ofStandardOutput();
        try (var engine = Pipeline.open(ModelStore.open(config.models()), config.execution())) {
            switch (engine.swap(request, progress, new Cancellation())) {
                case Swapped swapped -> {
                    NamedFile.write(output, marker.mark(swapped.image(), id));
                    progress.done(output, swapped);
                }
                case NoFace(var input) ->
                        throw bad(input, "no face was found. Use a larger, upright face.");
                case BadMedia(var input, _, var detail) -> throw bad(input, detail);
                case BadOption(var option, var expected) ->
                        throw new CommandException(
                                ExitCode.USAGE,
                                "--%s must be %s.".formatted(option.replace('_', '-'), expected));
            }
        }
        return ExitCode.OK.code();
    }

    private SwapOptions options() {
        try {
            return new SwapOptions(frameProcessors, blendRatio, format(), outputQuality);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "%s. See facefusion run --help.".formatted(e.getMessage()));
        }
    }

    private OutputFormat format() {
        var name = output.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".png")) {
            return OutputFormat.PNG;
        }
        if (name.endsWith(".jpg") || name.endsWith(".jpeg")) {
            return OutputFormat.JPEG;
        }
        throw new CommandException(
                ExitCode.USAGE,
                "--output %s has no known ending. Use .png, .jpg or .jpeg.".formatted(output));
    }

    private CommandException bad(Input input, String detail) {
        var file = input == Input.SOURCE ? source : target;
        return new CommandException(ExitCode.BAD_INPUT, "%s: %s".formatted(file, detail));
    }

    /// FaceFusion's spelling of a processor.
    static final class FrameProcessorName implements ITypeConverter<FrameProcessor> {

        @Override
        public FrameProcessor convert(String name) {
            return switch (name) {
                case "face_swapper" -> FrameProcessor.FACE_SWAPPER;
                case "face_enhancer" -> FrameProcessor.FACE_ENHANCER;
                default ->
                        throw new TypeConversionException(
                                "'%s' is not a frame processor. Use face_swapper, face_enhancer."
                                        .formatted(name));
            };
        }
    }
}
