package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.video.Container;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.sdk.FaceFusion;
import dev.facefusion.sdk.SwapTask;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The files of one task, and its way from the command line to the result.
final class TaskRun {

    @Option(
            names = {"-s", "--source", "--source-paths"},
            arity = "1..*",
            hideParamSyntax = true,
            paramLabel = "FILE...",
            description =
                    "JPEG, PNG or WebP with the face to use; several of one person are averaged. Sound among"
                            + " them becomes a video's")
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
                    "File to write, in the format of its ending: png, jpg, webp, mp4, mkv, webm and others")
    private Path output = Path.of("");

    @Mixin private WorkFlags work = new WorkFlags();

    /// Carries the task out, and tells how it gets on.
    int run(OptionValues options) {
        LoggingConfig.useStandardError();
        var task = new SwapTask(sources, target, output, options, work.consent());
        LocalTask.check(task);
        try (var progress = progress();
                var faceFusion = FaceFusion.open(work.setup(), options)) {
            progress.done(
                    LocalTask.run(faceFusion, task, progress, StopSignal.installForCommand()));
        }
        return ExitCode.OK.code();
    }

    private Progress progress() {
        var progress = Progress.ofStandardOutput(work.json());
        return Container.of(output).isPresent() ? progress.ofVideo() : progress;
    }
}
