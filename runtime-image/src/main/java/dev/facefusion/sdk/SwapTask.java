package dev.facefusion.sdk;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One thing to do: put the sources' face onto the faces of the target, or only enhance those. It
/// never changes; every method gives another one.
///
/// @param sources pictures of one person; none is needed where nothing is swapped. The first file
///   of sound among them is heard instead of a video's own
/// @param target a picture, a video or a GIF
/// @param output file to write; its ending is the format
/// @param options over the defaults of [TaskOptions]
/// @param consent where the consent of the people shown is recorded: for the audit log
public record SwapTask(
        List<Path> sources,
        Path target,
        Path output,
        OptionValues options,
        Optional<String> consent) {

    public SwapTask {
        sources = List.copyOf(sources);
        var _ = OutputKind.of(output);
    }

    /// A swap with every option as it is by default.
    ///
    /// @throws BadOptionException if the output's ending is that of no format
    public static SwapTask of(Path source, Path target, Path output) {
        return new SwapTask(List.of(source), target, output, OptionValues.none(), Optional.empty());
    }

    /// One more picture of the person whose face is used: what the model sees of all of them is
    /// averaged.
    public SwapTask source(Path another) {
        var all = Stream.concat(sources.stream(), Stream.of(another)).toList();
        return new SwapTask(all, target, output, options, consent);
    }

    /// What is done to each face, in this order.
    public SwapTask frameProcessors(FrameProcessor... processors) {
        return with(options.with(TaskOptions.FRAME_PROCESSORS, List.of(processors)));
    }

    /// Share of the enhanced face in the enhancer's result.
    ///
    /// @param ratio 0 to 1
    public SwapTask blendRatio(double ratio) {
        return option(TaskOptions.BLEND_RATIO.name(), ratio);
    }

    /// An option under its name in the table of `docs/cli.md`, such as `face_mask_blur`.
    ///
    /// @param values numbers, or words as on the command line; most options take one
    /// @throws BadOptionException if there is no such option, or it cannot have that value
    public SwapTask option(String name, Object... values) {
        var option =
                TaskOptions.find(name)
                        .orElseThrow(() ->
                                new BadOptionException(
                                        name,
                                        "one of "
                                                + String.join(
                                                        ", ",
                                                        TaskOptions.names(TaskOptions.all()))));
        var words = Arrays.stream(values).map(Object::toString).toList();
        return with(options.with(option, name, words));
    }

    /// All options at once.
    public SwapTask with(OptionValues all) {
        return new SwapTask(sources, target, output, all, consent);
    }

    /// Where the consent of the people shown is recorded.
    public SwapTask consent(String reference) {
        return new SwapTask(sources, target, output, options, Optional.of(reference));
    }
}
