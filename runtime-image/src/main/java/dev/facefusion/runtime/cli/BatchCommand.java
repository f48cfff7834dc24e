package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.cli.BatchJournal.Entry;
import dev.facefusion.runtime.option.OptionValues;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facefusion batch`: many targets, one after the other or several at once.
@Command(
        name = "batch",
        description = {
            "Puts the sources' face onto the faces of many targets. Started again, it goes on",
            "where it was stopped: what is done is kept in "
                    + BatchJournal.FILE
                    + " beside the results."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        footerHeading = "%nExample:%n",
        footer = "  facefusion batch -s me.jpg --targets photos --output swapped --workers 2")
final class BatchCommand implements Callable<Integer> {

    @Spec private CommandSpec command = CommandSpec.create();

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
            names = {"-t", "--targets"},
            required = true,
            paramLabel = "PATH",
            description =
                    "Folder of pictures and videos, or a text file that names one a line; paths in it"
                            + " start where the file is")
    private Path targets = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description = "Folder of the results, which bear their targets' names")
    private Path output = Path.of("");

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "Targets at once, each with an engine of its own (${DEFAULT-VALUE})")
    private int workers = 1;

    @Mixin private WorkFlags work = new WorkFlags();

    @Override
    public Integer call() {
        LoggingConfig.useStandardError();
        if (workers < 1 || workers > 64) {
            throw new CommandException(
                    ExitCode.USAGE, "--workers is %d. Use 1 to 64.".formatted(workers));
        }
        var options = TaskFlags.read(command.commandLine().getParseResult(), OptionValues.none());
        LocalTask.checkSources(sources, options);
        makeFolder();
        var items = BatchPlan.of(targets, output);
        var stop = StopSignal.installForCommand();
        try (var journal = BatchJournal.open(output)) {
            var batch = new Batch(sources, options, work.consent(), journal, teller(items.size()));
            int failed = batch.run(items, work.setup(), Math.min(workers, items.size()), stop);
            return exitCode(failed, stop).code();
        }
    }

    private void makeFolder() {
        try {
            Files.createDirectories(output);
        } catch (IOException e) {
            throw NamedFile.failed(output, "made", e);
        }
    }

    private static ExitCode exitCode(int failed, StopSignal stop) {
        if (stop.first().isDone()) {
            return ExitCode.CANCELLED;
        }
        return failed > 0 ? ExitCode.PARTIAL : ExitCode.OK;
    }

    private Consumer<Entry> teller(int count) {
        if (work.json() || !Progress.toTerminal()) {
            return entry -> System.out.println(entry.json());
        }
        var ended = new AtomicInteger();
        return entry -> tell(System.out, entry, ended.incrementAndGet(), count);
    }

    private static void tell(PrintStream out, Entry entry, int ended, int count) {
        var reason = entry.reason();
        out.printf(
                "[%d/%d] %s %s%s%n",
                ended, count, entry.state(), entry.target(), reason == null ? "" : ": " + reason);
    }
}
