package dev.facefusion.runtime.cli;

import dev.facefusion.runtime.engine.EnginePlan;
import dev.facefusion.runtime.engine.ModelDemand;
import dev.facefusion.runtime.engine.PipelineBenchmark;
import dev.facefusion.runtime.engine.PipelineBenchmark.Figures;
import dev.facefusion.runtime.engine.Surroundings;
import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.models.ModelStore;
import dev.facefusion.runtime.server.RuntimeConfig;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `facefusion bench`: how long each stage of a swap takes on this machine.
@Command(
        name = "bench",
        description = "Measures how long each stage of a swap takes on this machine.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExample:%n",
        footer = "  EXECUTION_THREADS=1 facefusion bench --rounds 200")
final class BenchCommand implements Callable<Integer> {

    @Option(
            names = {"-s", "--source"},
            paramLabel = "FILE",
            description = "JPEG, PNG or WebP with the face to use (a bundled photo)")
    private @Nullable Path source;

    @Option(
            names = {"-t", "--target"},
            paramLabel = "FILE",
            description = "JPEG, PNG or WebP with the face to replace (a bundled photo)")
    private @Nullable Path target;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Swaps to measure, after those that warm up (${DEFAULT-VALUE})")
    private int rounds = 100;

    @Override
    public Integer call() {
        LoggingConfig.useStandardError();
        if (rounds < 1) {
            throw new CommandException(
                    ExitCode.USAGE, "--rounds is %d. Use 1 or more.".formatted(rounds));
        }
        var config = RuntimeConfig.fromEnvironment();
        var photos = config.models().path().first().resolve("photos");
        var sourceFile = source == null ? photos.resolve("grace_hopper.jpg") : source;
        var targetFile = target == null ? photos.resolve("astronaut.png") : target;
        var demand = ModelDemand.of(SwapOptions.defaults());
        try (var pipeline =
                new EnginePlan(
                                ModelStore.open(config.models(), demand::from),
                                config.execution(),
                                Surroundings.none(),
                                demand)
                        .open()) {
            print(
                    new PipelineBenchmark(pipeline)
                            .run(
                                    NamedFile.readable(sourceFile),
                                    NamedFile.readable(targetFile),
                                    rounds));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()));
        }
        return ExitCode.OK.code();
    }

    private static void print(Figures figures) {
        figures.stages().forEach((stage, time) -> line(System.out, stage.name(), time));
        line(System.out, "total", figures.total());
    }

    private static void line(PrintStream out, String name, Duration median) {
        out.printf(
                Locale.ROOT,
                "{\"stage\":\"%s\",\"median_ms\":%.3f}%n",
                name.toLowerCase(Locale.ROOT),
                median.toNanos() / 1e6);
    }
}
