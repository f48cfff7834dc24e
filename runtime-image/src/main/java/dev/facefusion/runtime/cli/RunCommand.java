package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.option.OptionValues;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `facefusion run`: one target, without a server.
@Command(
        name = "run",
        description = "Puts the sources' face onto the faces of the target.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        abbreviateSynopsis = true,
        footerHeading = "%nExample:%n",
        footer =
                "  facefusion run --source me.jpg --target crew.jpg --output out.png%n"
                        + "    --processors face_swapper face_enhancer --face-selector-mode one%n"
                        + "  facefusion run -s me.jpg -t film.mp4 -o out.mp4 --trim-frame-end 250")
final class RunCommand implements Callable<Integer> {

    @Spec private CommandSpec command = CommandSpec.create();

    @Mixin private TaskRun task = new TaskRun();

    @Override
    public Integer call() {
        return task.run(
                TaskFlags.read(command.commandLine().getParseResult(), OptionValues.none()));
    }
}
