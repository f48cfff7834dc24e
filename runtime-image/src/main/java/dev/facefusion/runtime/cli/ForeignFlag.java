package dev.facefusion.runtime.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// A flag of FaceFusion's that this command knows and does not carry out.
///
/// @param name without its dashes
/// @param verdict what becomes of a command that uses it
/// @param reason why, for a person
record ForeignFlag(String name, Verdict verdict, String reason) {

    /// What becomes of a command that uses a flag.
    sealed interface Verdict {

        /// It runs: the result is the same without.
        record Ignored() implements Verdict {}

        /// It runs only if the flag has this value, which is what is done anyway.
        record Only(String value) implements Verdict {}

        /// It ends: the result would be another one than it asks for.
        record Refused() implements Verdict {}
    }

    private static final Verdict IGNORED = new Verdict.Ignored();
    private static final Verdict REFUSED = new Verdict.Refused();

    private static final List<ForeignFlag> ALL =
            Stream.of(
                            ignored(
                                    "no frame goes to the disk",
                                    "temp-path",
                                    "temp-frame-format",
                                    "temp-pixel-format",
                                    "keep-temp"),
                            ignored("no job files are written", "jobs-path"),
                            ignored(
                                    "nothing is downloaded",
                                    "download-providers",
                                    "download-scope",
                                    "skip-download"),
                            ignored(
                                    "a target is read as it comes",
                                    "workflow-mode",
                                    "workflow-strategy"),
                            ignored(
                                    "models stay loaded while the command runs",
                                    "video-memory-strategy",
                                    "system-memory-limit",
                                    "execution-queue-count"),
                            ignored("warnings are told in any case", "log-level", "halt-on-error"),
                            ignored("no sound is made", "voice-extractor-model"),
                            ignored(
                                    "its processor is not here",
                                    "age-modifier-model",
                                    "age-modifier-direction",
                                    "background-remover-model",
                                    "background-remover-fill-color",
                                    "background-remover-despill-color",
                                    "deep-swapper-model",
                                    "deep-swapper-morph",
                                    "expression-restorer-model",
                                    "expression-restorer-factor",
                                    "expression-restorer-areas",
                                    "face-debugger-items",
                                    "face-editor-model",
                                    "face-editor-eyebrow-direction",
                                    "face-editor-eye-gaze-horizontal",
                                    "face-editor-eye-gaze-vertical",
                                    "face-editor-eye-open-ratio",
                                    "face-editor-lip-open-ratio",
                                    "face-editor-mouth-grim",
                                    "face-editor-mouth-pout",
                                    "face-editor-mouth-purse",
                                    "face-editor-mouth-smile",
                                    "face-editor-mouth-position-horizontal",
                                    "face-editor-mouth-position-vertical",
                                    "face-editor-head-pitch",
                                    "face-editor-head-yaw",
                                    "face-editor-head-roll",
                                    "frame-colorizer-model",
                                    "frame-colorizer-size",
                                    "frame-colorizer-blend",
                                    "frame-enhancer-model",
                                    "frame-enhancer-blend",
                                    "lip-syncer-model",
                                    "lip-syncer-weight"),
                            Stream.of(
                                    new ForeignFlag(
                                            "config-path",
                                            REFUSED,
                                            "no facefusion.ini is read: give its options as flags"),
                                    new ForeignFlag(
                                            "output-image-scale",
                                            new Verdict.Only("1"),
                                            "the result has the target's size"),
                                    new ForeignFlag(
                                            "execution-device-ids",
                                            new Verdict.Only("0"),
                                            "one process has one device: choose it by CUDA_VISIBLE_DEVICES")))
                    .flatMap(flags -> flags)
                    .toList();

    /// All, for the command and for its documentation.
    static List<ForeignFlag> all() {
        return ALL;
    }

    static void addTo(CommandSpec command) {
        for (var flag : ALL) {
            command.addOption(
                    OptionSpec.builder(flag.flag())
                            .type(String[].class)
                            .arity("0..*")
                            .hidden(true)
                            .build());
        }
    }

    /// Warns once of all that is ignored.
    ///
    /// @throws CommandException naming the first flag that is refused
    static void warnOf(ParseResult command, PrintWriter err) {
        var used = ALL.stream().filter(flag -> command.hasMatchedOption(flag.flag())).toList();
        used.forEach(flag -> flag.check(command));
        var ignored =
                used.stream()
                        .filter(flag -> flag.verdict() instanceof Verdict.Ignored)
                        .map(ForeignFlag::flag)
                        .toList();
        if (!ignored.isEmpty()) {
            err.println("facefusion: without meaning here: " + String.join(", ", ignored));
        }
    }

    String flag() {
        return "--" + name;
    }

    private void check(ParseResult command) {
        switch (verdict) {
            case Verdict.Ignored _ -> {}
            case Verdict.Only(var value) -> {
                String[] given = command.matchedOptionValue(flag(), new String[0]);
                if (given.length != 1 || !isSame(given[0], value)) {
                    throw refused("be %s, or be left out".formatted(value));
                }
            }
            case Verdict.Refused _ -> throw refused("be left out");
        }
    }

    private CommandException refused(String must) {
        return new CommandException(
                ExitCode.USAGE, "%s must %s: %s.".formatted(flag(), must, reason));
    }

    private static boolean isSame(String given, String value) {
        return given.matches("%s(\\.0+)?".formatted(value));
    }

    private static Stream<ForeignFlag> ignored(String reason, String... names) {
        return Stream.of(names).map(name -> new ForeignFlag(name, IGNORED, reason));
    }
}
