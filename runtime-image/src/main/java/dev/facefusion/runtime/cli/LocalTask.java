package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.FrameProcessor;
import dev.facefusion.runtime.engine.Input;
import dev.facefusion.runtime.engine.media.SourceFiles;
import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOptions;
import dev.facefusion.sdk.FaceFusion;
import dev.facefusion.sdk.ProgressListener;
import dev.facefusion.sdk.Result;
import dev.facefusion.sdk.SwapTask;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A task that a command carries out in its own process: what it ends with as an exit code and one
/// sentence.
final class LocalTask {

    private LocalTask() {}

    /// What can be known before any model is loaded.
    ///
    /// @throws CommandException if the task cannot be carried out
    static void check(SwapTask task) {
        checkSources(task.sources(), task.options());
        NamedFile.readable(task.target());
        NamedFile.writable(
                task.output(),
                Stream.concat(task.sources().stream(), Stream.of(task.target())).toList());
    }

    /// @throws CommandException if a source cannot be read, or none is there that is needed
    static void checkSources(List<Path> sources, OptionValues options) {
        sources.forEach(NamedFile::readable);
        if (SourceFiles.of(sources).pictures().isEmpty()
                && options.get(TaskOptions.FRAME_PROCESSORS)
                        .contains(FrameProcessor.FACE_SWAPPER)) {
            throw new CommandException(
                    ExitCode.USAGE, "There is no face to use. Name its picture with --source.");
        }
    }

    /// Carries it out; a signal cancels it.
    ///
    /// @throws CommandException if it ends without an output
    static Result run(
            FaceFusion faceFusion, SwapTask task, ProgressListener progress, StopSignal stop) {
        try {
            var running = faceFusion.start(task, progress);
            var _ = stop.first().thenRun(running::cancel);
            return done(task, running.await(), stop);
        } catch (UncheckedIOException e) {
            throw new CommandException(
                    ExitCode.FILE_ERROR,
                    "%s. Check the path, its permissions, and the room on the disk."
                            .formatted(e.getMessage()));
        }
    }

    private static Result done(SwapTask task, Result result, StopSignal stop) {
        return switch (result) {
            case Result.Done done -> done;
            case Result.Filmed video -> video;
            // Ctrl-C reaches ffmpeg, too, which may have ended before the task was cancelled.
            case Result.Failed _ when stop.first().isDone() -> throw stopped(task);
            case Result.Failed(var reason) ->
                    throw new CommandException(
                            ExitCode.BAD_INPUT, "%s: %s".formatted(task.target(), reason));
            case Result.NoFace(var input) ->
                    throw bad(task, input, "no face was found. Use a larger, upright face.");
            case Result.Unusable(var input, var reason) -> throw bad(task, input, reason);
            case Result.Unavailable(var option, var expected) ->
                    throw new BadOptionException(option, expected);
            case Result.Cancelled _ -> throw stopped(task);
        };
    }

    private static CommandException stopped(SwapTask task) {
        return new CommandException(
                ExitCode.CANCELLED, "Stopped; %s is not written.".formatted(task.output()));
    }

    private static CommandException bad(SwapTask task, Input input, String detail) {
        var file =
                switch (input) {
                    case SOURCE ->
                            task.sources().stream()
                                    .map(Path::toString)
                                    .collect(Collectors.joining(", "));
                    case TARGET -> task.target().toString();
                };
        return new CommandException(ExitCode.BAD_INPUT, "%s: %s".formatted(file, detail));
    }
}
