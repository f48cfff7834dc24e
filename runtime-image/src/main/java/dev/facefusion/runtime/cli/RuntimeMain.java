package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.models.ModelException;
import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.option.TaskOption;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `facefusion`.
@Command(
        name = "facefusion",
        description = "Puts the face of one picture onto the faces of other pictures and videos.",
        mixinStandardHelpOptions = true,
        versionProvider = RuntimeMain.Version.class,
        subcommands = {
            ServeCommand.class,
            RunCommand.class,
            BatchCommand.class,
            HeadlessRunCommand.class,
            ModelsCommand.class,
            VerifyCommand.class,
            BenchCommand.class,
            KeysCommand.class,
            CompletionCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExample:%n",
        footer =
                "  facefusion run --source me.jpg --target crew.jpg --output out.png%n"
                        + "  facefusion serve")
public final class RuntimeMain {

    private static final String FOREIGN = "headless-run";
    private static final Set<String> TASKS = Set.of("run", "batch", FOREIGN);

    private RuntimeMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return commandLine(TaskFlags::label);
    }

    /// The same for picocli's completion, which takes options with the same label for the same: it
    /// would offer the values of the last one for all of them.
    static CommandLine commandLineToComplete() {
        return commandLine(TaskOption::name);
    }

    private static CommandLine commandLine(Function<TaskOption<?>, String> label) {
        var exitCodes =
                Arrays.stream(ExitCode.values())
                        .collect(
                                Collectors.toMap(
                                        code -> Integer.toString(code.code()),
                                        ExitCode::meaning,
                                        (first, _) -> first,
                                        LinkedHashMap::new));
        var commandLine = new CommandLine(new RuntimeMain());
        for (var command : commandLine.getSubcommands().values()) {
            command.getCommandSpec()
                    .usageMessage()
                    .exitCodeListHeading("%nExit codes:%n")
                    .exitCodeList(exitCodes);
        }
        commandLine
                .getSubcommands()
                .forEach((name, command) -> {
                    tellVersion(command);
                    if (TASKS.contains(name)) {
                        TaskFlags.addTo(command.getCommandSpec(), label);
                    }
                    if (name.equals(FOREIGN)) {
                        ForeignFlag.addTo(command.getCommandSpec());
                    }
                });
        return commandLine
                // Else a flag that is not known is a value of the one before it, where that takes
                // several.
                .setUnmatchedOptionsAllowedAsOptionParameters(false)
                .registerConverter(Path.class, RuntimeMain::path)
                .setParameterExceptionHandler((exception, _) -> explain(exception))
                .setExecutionStrategy(RuntimeMain::execute)
                .setExecutionExceptionHandler((exception, failed, _) -> explain(exception, failed));
    }

    private static void tellVersion(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        command.getSubcommands().values().forEach(RuntimeMain::tellVersion);
    }

    // Picocli hands only exceptions on. A heap that is full is no defect, and has a remedy.
    private static int execute(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (OutOfMemoryError e) {
            throw new ExecutionException(
                    parsed.commandSpec().commandLine(),
                    "out of memory",
                    new CommandException(
                            ExitCode.OUT_OF_MEMORY,
                            "The memory does not suffice: Java's heap has %d MiB (%s). Give it more, as by JAVA_TOOL_OPTIONS=-Xmx4g, or use a smaller picture or video."
                                    .formatted(
                                            Runtime.getRuntime().maxMemory() >> 20,
                                            e.getMessage())));
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new TypeConversionException(
                    "this locale has no such characters (%s). Set LC_ALL to C.UTF-8."
                            .formatted(e.getReason()));
        }
    }

    // All the flags of a task would push the one line that matters off the screen.
    private static int explain(ParameterException exception) {
        var failed = exception.getCommandLine();
        var err = failed.getErr();
        err.println(Ansi.AUTO.string("@|bold,red facefusion:|@ ") + exception.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(exception, err)
                && !failed.getSubcommands().isEmpty()) {
            failed.usage(err); // a list of commands is short
        }
        err.printf("Try: %s --help%n", failed.getCommandSpec().qualifiedName());
        return ExitCode.USAGE.code();
    }

    // A person gets one line; only a defect has a stack trace.
    private static int explain(Exception exception, CommandLine failed) {
        var exitCode =
                switch (exception) {
                    case CommandException known -> known.exitCode();
                    case BadOptionException _ -> ExitCode.USAGE;
                    case ConfigException _ -> ExitCode.BAD_CONFIG;
                    case ModelException _ -> ExitCode.BAD_MODELS;
                    case UncheckedIOException _ -> ExitCode.BAD_CONFIG;
                    default -> ExitCode.DEFECT;
                };
        var said =
                exception instanceof BadOptionException bad
                        ? "--%s must be %s."
                                .formatted(bad.option().replace('_', '-'), bad.expected())
                        : exception.getMessage();
        // What is said may name a file, whose name is no markup.
        failed.getErr().println(Ansi.AUTO.string("@|bold,red facefusion:|@ ") + said);
        if (exitCode == ExitCode.DEFECT) {
            exception.printStackTrace(failed.getErr());
        }
        return exitCode.code();
    }

    /// The version of the jar; a build from classes has none.
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            var version = version(RuntimeMain.class.getPackage().getImplementationVersion());
            return new String[] {"facefusion " + version};
        }

        private static String version(@Nullable String fromManifest) {
            return fromManifest == null ? "(not from a jar)" : fromManifest;
        }
    }
}
