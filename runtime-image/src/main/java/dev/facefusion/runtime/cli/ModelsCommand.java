package dev.facefusion.runtime.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.engine.ContractCheck;
import dev.facefusion.runtime.models.CommercialUse;
import dev.facefusion.runtime.models.ListedModel;
import dev.facefusion.runtime.models.ModelCatalogue;
import dev.facefusion.runtime.models.ModelCheck;
import dev.facefusion.runtime.models.ModelContract;
import dev.facefusion.runtime.models.ModelRole;
import dev.facefusion.runtime.server.RuntimeConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `facefusion models`: the models that there are.
@Command(
        name = "models",
        description = "Shows the models that an engine would be opened with.",
        mixinStandardHelpOptions = true,
        subcommands = {ModelsCommand.Listing.class, ModelsCommand.Verification.class},
        synopsisSubcommandLabel = "COMMAND")
final class ModelsCommand {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ModelsCommand() {}

    /// `facefusion models list`
    @Command(
            name = "list",
            description = "Lists the models, with their roles, contracts and licences.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footerHeading = "%nExample:%n",
            footer = "  facefusion models list --models /packs/facefusion,bundled")
    static final class Listing implements Callable<Integer> {

        @Spec private CommandSpec command = CommandSpec.create();

        @Option(names = "--json", description = "One JSON object a line")
        private boolean json;

        @Mixin private ModelFlag models = new ModelFlag();

        @Override
        public Integer call() {
            LoggingConfig.useStandardError();
            var out = command.commandLine().getOut();
            var catalogue = models.catalogue();
            if (json) {
                catalogue.models().forEach(model -> print(out, Line.of(model)));
            } else {
                table(catalogue.models()).print(out);
            }
            tellUnknown(catalogue, command.commandLine().getErr());
            return ExitCode.OK.code();
        }

        private static Table table(List<ListedModel> models) {
            return new Table(
                    List.of("NAME", "ROLE", "CONTRACT", "LICENCE", "COMMERCIAL"),
                    models.stream()
                            .map(model ->
                                    Table.Row.of(
                                            model.name(),
                                            model.role().id(),
                                            model.contract().id(),
                                            model.license(),
                                            model.commercialUse().id()))
                            .toList());
        }

        // They are no error: FaceFusion has models that are of no use here.
        private static void tellUnknown(ModelCatalogue catalogue, PrintWriter err) {
            catalogue.unknown().forEach(file -> err.println("not used: " + file));
        }
    }

    /// `facefusion models verify`
    @Command(
            name = "verify",
            description =
                    "Reads every model's file, compares it with its manifest, if there is one, and"
                            + " opens it to compare its inputs and outputs with its contract.",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            footerHeading = "%nExample:%n",
            footer = "  facefusion models verify --models /packs/facefusion")
    static final class Verification implements Callable<Integer> {

        private static final int SHOWN_DIGITS = 16;

        @Spec private CommandSpec command = CommandSpec.create();

        @Option(names = "--json", description = "One JSON object a line")
        private boolean json;

        @Mixin private ModelFlag models = new ModelFlag();

        @Override
        public Integer call() {
            LoggingConfig.useStandardError();
            var out = command.commandLine().getOut();
            var lines = models.catalogue().models().stream().map(Verification::verify).toList();
            if (json) {
                lines.forEach(line -> print(out, line));
            } else {
                table(lines).print(out);
            }
            var intact = lines.stream().allMatch(line -> "intact".equals(line.state()));
            return intact ? ExitCode.OK.code() : ExitCode.BAD_MODELS.code();
        }

        private static Line verify(ListedModel model) {
            return switch (ModelCheck.of(model)) {
                case ModelCheck.Intact(var found) ->
                        ContractCheck.fault(found)
                                .map(reason ->
                                        Line.of("unfit", model, found.sha256(), null, reason))
                                .orElseGet(
                                        () -> Line.of("intact", model, found.sha256(), null, null));
                case ModelCheck.Altered(_, var expected, var found) ->
                        Line.of("altered", model, found, expected, null);
                case ModelCheck.Unreadable _ -> Line.of("missing", model, null, null, null);
            };
        }

        private static Table table(List<Line> lines) {
            return new Table(
                    List.of("STATE", "NAME", "SHA256", "FILE"),
                    lines.stream().map(Verification::row).toList());
        }

        private static Table.Row row(Line line) {
            return new Table.Row(
                    List.of(
                            String.valueOf(line.state()),
                            line.name(),
                            shortened(line.sha256()),
                            String.valueOf(Path.of(line.file()).getFileName())),
                    Objects.requireNonNullElse(line.reason(), ""));
        }

        private static String shortened(@Nullable String sha256) {
            return sha256 == null ? "-" : sha256.substring(0, SHOWN_DIGITS);
        }
    }

    private static void print(PrintWriter out, Line line) {
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line is always JSON", e);
        }
    }

    /// Which models are meant.
    static final class ModelFlag {

        @Mixin private EngineFlags engine = new EngineFlags();

        ModelCatalogue catalogue() {
            return ModelCatalogue.read(
                    RuntimeConfig.from(engine.setup().environment()).models().path());
        }
    }

    /// One model as JSON.
    ///
    /// @param sha256 of the file where it was read, else of the manifest
    /// @param expected sha256 of the manifest, where the file has another one
    /// @param reason why the model is unfit
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(
            @Nullable String state,
            String name,
            ModelRole role,
            ModelContract contract,
            String file,
            @Nullable String sha256,
            @Nullable String expected,
            @Nullable String reason,
            String license,
            @JsonProperty("commercial_use") CommercialUse commercialUse,
            String source) {

        static Line of(ListedModel model) {
            return of(null, model, model.sha256().orElse(null), null, null);
        }

        static Line of(
                @Nullable String state,
                ListedModel model,
                @Nullable String sha256,
                @Nullable String expected,
                @Nullable String reason) {
            return new Line(
                    state,
                    model.name(),
                    model.role(),
                    model.contract(),
                    model.path().toString(),
                    sha256,
                    expected,
                    reason,
                    model.license(),
                    model.commercialUse(),
                    model.source());
        }
    }
}
