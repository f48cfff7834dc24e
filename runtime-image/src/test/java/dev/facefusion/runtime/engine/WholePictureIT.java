package dev.facefusion.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.facefusion.runtime.engine.SwapOutcome.NoFace;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.image.Picture;
import dev.facefusion.runtime.engine.media.OutputFormat;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.models.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whole tasks beside the Python reference, which computes them in 64-bit arithmetic while this
/// test waits: `tests/reference/facefusion/whole.py` has the chosen cases, `drawn.py` draws others
/// at random. `dev/lib/tools.sh` installs what they need.
///
/// `-Ddrawn.seed` and `-Ddrawn.count` draw others, and more.
@Timeout(600)
class WholePictureIT {

    private static final Path REFERENCE =
            Path.of("../tests/reference").toAbsolutePath().normalize();
    private static final Path PYTHON =
            Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("facefusion/reference-tools/bin/python");

    /// No two implementations of FaceFusion's arithmetic are nearer to it.
    private static final double LEAST_DECIBELS = 60;

    private static final int MOST = 8;
    private static final double MOST_OFF_BY_MORE_THAN_ONE = 0.006;

    @TempDir private Path directory;

    @BeforeAll
    static void findTheReference() {
        assumeTrue(
                Files.isExecutable(PYTHON),
                "the reference's libraries are missing: dev/verify installs them for " + PYTHON);
    }

    @Test
    void makesWhatTheReferenceMakes() throws IOException, InterruptedException {
        var compared = compareAll(List.of());
        assertThat(compared.size()).isGreaterThan(40);
        // A comparison of untouched pictures would say nothing.
        assertThat(compared).doesNotContain(Change.LITTLE);
    }

    @Test
    void makesWhatTheReferenceMakesOfOptionsDrawnAtRandom()
            throws IOException, InterruptedException {
        int count = Integer.getInteger("drawn.count", 25);
        var seed = System.getProperty("drawn.seed", "1");
        var compared = compareAll(List.of(seed, Integer.toString(count)));
        assertThat(compared).hasSize(count);
        assertThat(compared).filteredOn(Change.MUCH::equals).hasSizeGreaterThan(count / 2);
    }

    /// How far a case's result is from its target.
    private enum Change {
        NONE,
        LITTLE,
        MUCH
    }

    /// Has the reference work on some cases and compares.
    ///
    /// @return what the reference makes of each
    private List<Change> compareAll(List<String> arguments)
            throws IOException, InterruptedException {
        askTheReference(arguments);
        var store = StandIns.store();
        var all = store.models().stream().map(ModelInfo::name).collect(Collectors.toSet());
        var cases = new JsonMapper().readTree(directory.resolve("cases.json").toFile());
        var soft = new SoftAssertions();
        var changes = new ArrayList<Change>();
        try (var pipeline =
                new EnginePlan(
                                store,
                                ExecutionSettings.cpu(1),
                                Surroundings.none(),
                                ModelDemand.preferring(all))
                        .open()) {
            for (var expected : cases) {
                var outcome = pipeline.swap(request(expected), (_, _) -> {}, new Cancellation());
                changes.add(compare(soft, outcome, expected));
            }
        }
        soft.assertAll();
        return changes;
    }

    private void askTheReference(List<String> arguments) throws IOException, InterruptedException {
        var output = directory.resolve("output").toFile();
        var command =
                Stream.concat(
                        Stream.of(
                                PYTHON.toString(), "-m", "facefusion.whole", directory.toString()),
                        arguments.stream());
        var builder = new ProcessBuilder(command.toList());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.directory(REFERENCE.toFile());
        var process = builder.redirectErrorStream(true).redirectOutput(output).start();
        try {
            assertThat(process.waitFor(500, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output.toPath(), UTF_8)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private SwapRequest request(JsonNode expected) {
        var sources = new ArrayList<Path>();
        expected.get("sources").forEach(name -> sources.add(file(name)));
        var options = StandIns.options(expected.get("options"));
        assertThat(options.outputFormat()).isEqualTo(OutputFormat.PNG);
        return new SwapRequest(sources, file(expected.get("target")), options);
    }

    private Path file(JsonNode name) {
        return directory.resolve(name.asText() + ".png");
    }

    private Change compare(SoftAssertions soft, SwapOutcome outcome, JsonNode expected)
            throws IOException {
        var name = expected.get("name").asText();
        if (expected.get("result").isNull()) {
            soft.assertThat(outcome).as(name).isInstanceOf(NoFace.class);
            return Change.NONE;
        }
        soft.assertThat(outcome).as(name).isInstanceOf(Swapped.class);
        if (outcome instanceof Swapped swapped) {
            var reference = directory.resolve(expected.get("result").asText());
            var difference =
                    Difference.of(
                            Reference.picture(swapped.image()),
                            Reference.picture(Files.readAllBytes(reference)));
            soft.assertThat(difference)
                    .as(name)
                    .matches(found -> found.decibels() >= LEAST_DECIBELS, "enough alike")
                    .matches(found -> found.most() <= MOST, "nowhere far off")
                    .matches(
                            found -> found.shareAboveOne() <= MOST_OFF_BY_MORE_THAN_ONE,
                            "hardly anywhere off by more than one");
        }
        return change(expected);
    }

    private Change change(JsonNode expected) throws IOException {
        var result = directory.resolve(expected.get("result").asText());
        var change =
                Difference.of(
                        Reference.picture(Files.readAllBytes(result)),
                        Reference.picture(Files.readAllBytes(file(expected.get("target")))));
        return change.decibels() < LEAST_DECIBELS - 5 ? Change.MUCH : Change.LITTLE;
    }

    /// How far two pictures are apart, over the values of all pixels.
    private record Difference(double decibels, int most, double shareAboveOne) {

        static Difference of(Picture one, Picture other) {
            assertThat(one.bounds()).isEqualTo(other.bounds());
            double squares = 0;
            int most = 0;
            int aboveOne = 0;
            for (int i = 0; i < one.rgb().length; i++) {
                int apart = Math.abs((one.rgb()[i] & 0xFF) - (other.rgb()[i] & 0xFF));
                squares += (double) apart * apart;
                most = Math.max(most, apart);
                aboveOne += apart > 1 ? 1 : 0;
            }
            return new Difference(
                    10 * Math.log10(255.0 * 255 * one.rgb().length / Math.max(squares, 1e-9)),
                    most,
                    (double) aboveOne / one.rgb().length);
        }
    }
}
