package dev.facefusion.runtime.option;

import java.util.List;

/// One option of a task.
///
/// @param name FaceFusion's, with underscores
/// @param aliases other names for the same
/// @param otherwise its value where nobody gives one
/// @param description one line for a person
public record TaskOption<T>(
        String name,
        List<String> aliases,
        OptionGroup group,
        OptionKind<T> kind,
        T otherwise,
        String description) {

    public TaskOption {
        aliases = List.copyOf(aliases);
    }

    TaskOption(
            String name, OptionGroup group, OptionKind<T> kind, T otherwise, String description) {
        this(name, List.of(), group, kind, otherwise, description);
    }

    /// The name as a flag of the command line.
    public String flag() {
        return flag(name);
    }

    /// The other names as flags.
    public List<String> aliasFlags() {
        return aliases.stream().map(TaskOption::flag).toList();
    }

    /// The default as a person writes it.
    public String otherwiseWords() {
        return String.join(" ", kind.words(otherwise));
    }

    private static String flag(String name) {
        return "--" + name.replace('_', '-');
    }
}
