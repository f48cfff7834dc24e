package dev.facefusion.runtime.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facefusion completion`: a script that makes a shell complete this command's words.
@Command(
        name = "completion",
        description = "Prints a script that lets bash, or zsh, complete this command's words.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  source <(facefusion completion bash)")
final class CompletionCommand implements Callable<Integer> {

    @Spec private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.bash;

    /// As they are typed.
    enum Shell {
        bash,
        zsh
    }

    @Override
    public Integer call() {
        var script =
                switch (shell) {
                    // The one script serves both: it switches zsh to bash's way of completion.
                    case bash, zsh ->
                            AutoComplete.bash("facefusion", RuntimeMain.commandLineToComplete());
                };
        command.commandLine().getOut().print(script);
        command.commandLine().getOut().flush();
        return ExitCode.OK.code();
    }
}
