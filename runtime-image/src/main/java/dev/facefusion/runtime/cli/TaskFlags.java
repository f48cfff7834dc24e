package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.option.BadOptionException;
import dev.facefusion.runtime.option.OptionGroup;
import dev.facefusion.runtime.option.OptionKind;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.option.TaskOption;
import dev.facefusion.runtime.option.TaskOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// The options of a task as flags: those of [TaskOptions], in its groups.
final class TaskFlags {

    private TaskFlags() {}

    /// Gives a command a flag for each option, but for the format: the output's ending says that.
    ///
    /// @param label of an option's values
    static void addTo(CommandSpec command, Function<TaskOption<?>, String> label) {
        for (var group : OptionGroup.values()) {
            var options = flags().stream().filter(option -> option.group() == group).toList();
            if (!options.isEmpty()) {
                var flags =
                        ArgGroupSpec.builder()
                                .heading("%n" + group.title() + ":%n")
                                .exclusive(false)
                                .multiplicity("0..1");
                options.forEach(option -> flags.addArg(flag(option, label.apply(option))));
                command.addArgGroup(flags.build());
            }
        }
    }

    /// What the command line says, over what a command does otherwise.
    ///
    /// @throws BadOptionException naming the flag whose value cannot be used, or that contradicts
    ///   another
    static OptionValues read(ParseResult command, OptionValues otherwise) {
        var values = otherwise;
        for (var option : flags()) {
            if (command.hasMatchedOption(option.flag())) {
                String[] words = command.matchedOptionValue(option.flag(), new String[0]);
                values = values.with(option, option.name(), Arrays.asList(words));
            }
        }
        var _ = values.toSwapOptions();
        var _ = values.toVideoOptions();
        return values;
    }

    private static List<TaskOption<?>> flags() {
        return TaskOptions.all().stream()
                .filter(option -> !option.equals(TaskOptions.OUTPUT_FORMAT))
                .toList();
    }

    private static OptionSpec flag(TaskOption<?> option, String label) {
        var names = new String[1 + option.aliases().size()];
        names[0] = option.flag();
        for (int i = 1; i < names.length; i++) {
            names[i] = option.aliasFlags().get(i - 1);
        }
        var flag =
                OptionSpec.builder(names)
                        .type(String[].class)
                        .arity(option.kind().several() ? "1..*" : "1")
                        .paramLabel(label)
                        .hideParamSyntax(true)
                        .completionCandidates(option.kind().candidates())
                        .description(
                                "%s: %s (%s)"
                                        .formatted(
                                                option.description(),
                                                option.kind().expected(),
                                                option.otherwiseWords()));
        if (option.kind().several()) {
            flag.splitRegex(",");
        }
        return flag.build();
    }

    /// What kind of value a person is to give.
    static String label(TaskOption<?> option) {
        return label(option.kind());
    }

    private static String label(OptionKind<?> kind) {
        var one =
                switch (kind) {
                    case OptionKind.ModelName _ -> "MODEL";
                    case OptionKind.Square _ -> "SIZE";
                    case OptionKind.Ratio _, OptionKind.Whole _, OptionKind.Sides _ -> "N";
                    case OptionKind.Angles _ -> "DEGREES";
                    case OptionKind.OrAuto<?>(var inner) -> label(inner);
                    case OptionKind.Choice<?> _,
                            OptionKind.OptionalChoice<?> _,
                            OptionKind.Sequence<?> _,
                            OptionKind.Subset<?> _ ->
                            "WORD";
                };
        return kind.several() ? one + "..." : one;
    }
}
