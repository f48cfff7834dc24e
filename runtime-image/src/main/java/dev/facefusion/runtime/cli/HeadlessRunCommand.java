package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.option.OptionValues;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facefusion headless-run`: what FaceFusion 3.8's own command of that name does, by its flags and
/// with its defaults.
@Command(
        name = "headless-run",
        description = {
            "Takes the flags of FaceFusion's command of this name, with its defaults.",
            "Flags without meaning here are named in one warning; docs/cli.md lists them."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        footerHeading = "%nExample:%n",
        footer = "  facefusion headless-run -s me.jpg -t crew.jpg -o out.jpg --log-level debug")
final class HeadlessRunCommand implements Callable<Integer> {

    @Spec private CommandSpec command = CommandSpec.create();

    @Mixin private TaskRun task = new TaskRun();

    @Override
    public Integer call() {
        var parsed = command.commandLine().getParseResult();
        ForeignFlag.warnOf(parsed, command.commandLine().getErr());
        return task.run(TaskFlags.read(parsed, OptionValues.faceFusions()));
    }
}
