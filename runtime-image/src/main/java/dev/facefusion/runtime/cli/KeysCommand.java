package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.security.ApiKeys;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `facefusion keys`: the keys of the task API.
@Command(
        name = "keys",
        description = "Makes keys of the task API.",
        mixinStandardHelpOptions = true,
        subcommands = KeysCommand.New.class,
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {

    /// `facefusion keys new NAME`
    @Command(
            name = "new",
            description = {
                "Makes a key. The client's key goes to standard output, once: nothing keeps it.",
                "The line for API_KEYS_FILE goes to standard error."
            },
            mixinStandardHelpOptions = true,
            footerHeading = "%nExample:%n",
            footer = "  facefusion keys new web-shop > web-shop.key 2>> api-keys")
    static final class New implements Callable<Integer> {

        @Spec private CommandSpec command = CommandSpec.create();

        @Parameters(paramLabel = "NAME", description = "the client: letters, digits, . _ -")
        private String name = "";

        @Override
        public Integer call() {
            try {
                var key = ApiKeys.create(name);
                command.commandLine().getOut().println(key.secret());
                command.commandLine().getErr().println(key.line());
                return ExitCode.OK.code();
            } catch (IllegalArgumentException e) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "%s %s. See facefusion keys new --help.".formatted(name, e.getMessage()));
            }
        }
    }
}
