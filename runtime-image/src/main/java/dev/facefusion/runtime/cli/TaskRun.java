package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.video.Container;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.sdk.FaceFusion;
import dev.facefusion.sdk.SwapTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The files of one task, and its way from the command line to the result.
final class TaskRun {

    @Option(
            names = {"-s", "--source", "--source-paths"},
            arity = "1..*",
            hideParamSyntax = true,
            paramLabel = "FILE...",
            description = "JPEG or PNG with the face to use; several of one person are averaged")
    private List<Path> sources = List.of();

    @Option(
            names = {"-t", "--target", "--target-path"},
            required = true,
            paramLabel = "FILE",
            description = "Picture (JPEG, PNG) or video with the faces to work on")
    private Path target = Path.of("");

    @Option(
            names = {"-o", "--output", "--output-path"},
            required = true,
            paramLabel = "FILE",
            description =
                    "File to write, in the format of its ending: png, jpg, mp4, mkv, webm and others")
    private Path output = Path.of("");

    @Option(
            names = "--consent",
            paramLabel = "TEXT",
            description = "Where the consent of the people shown is recorded, for the audit log")
    private @Nullable String consent;

    @Option(names = "--json", description = "Tell progress as JSON lines, also on a terminal")
    private boolean json;

    @Mixin private EngineFlags engine = new EngineFlags();

    /// Carries the task out, and tells how it gets on.
    int run(OptionValues options) {
        LoggingConfig.useStandardError();
        var task = new SwapTask(sources, target, output, options, Optional.ofNullable(consent));
        LocalTask.check(task);
        try (var progress = progress();
                var faceFusion =
                        FaceFusion.open(engine.setup(), options.toSwapOptions().faces().models())) {
            progress.done(
                    LocalTask.run(faceFusion, task, progress, StopSignal.installForCommand()));
        }
        return ExitCode.OK.code();
    }

    private Progress progress() {
        var progress = Progress.ofStandardOutput(json);
        return Container.of(output).isPresent() ? progress.ofVideo() : progress;
    }
}
