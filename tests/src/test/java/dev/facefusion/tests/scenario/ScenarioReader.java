package dev.facefusion.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.facefusion.tests.scenario.Scenario.Begin;
import dev.facefusion.tests.scenario.Scenario.Clock;
import dev.facefusion.tests.scenario.Scenario.Nodes;
import dev.facefusion.tests.simulation.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Reads scenario files. A word that the format does not know is an error: a scenario with a slip
/// of the pen would prove nothing.
public final class ScenarioReader {
    public static final Path FOLDER = Path.of("src/test/resources/scenarios");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private ScenarioReader() {}

    /// All scenarios, in the order of their names.
    public static List<Scenario> all() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ScenarioReader::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + FOLDER, e);
        }
    }

    static Scenario read(Path file) {
        String name = file.getFileName().toString().replace(".yaml", "");
        try {
            return read(name, new Fields(YAML.readTree(file.toFile())));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
        }
    }

    private static Scenario read(String name, Fields file) {
        Duration lasts = file.duration("lasts").orElseThrow();
        var parts = new ScenarioParts(lasts);
        var scenario =
                new Scenario(
                        name,
                        file.text("title").orElseThrow(),
                        file.text("text").orElseThrow().strip(),
                        file.choice("clock", Clock.REAL),
                        file.choice("begin", Begin.READY),
                        lasts,
                        nodes(file.fields("nodes")),
                        pods(file.fields("pods")),
                        file.json("fleet"),
                        file.list("timeline").stream().map(parts::step).toList(),
                        file.list("expect").stream().map(parts::expectation).toList(),
                        file.list("never").stream().map(parts::ban).toList(),
                        parts.ending(file.fields("finally")),
                        file.texts("kstatus"));
        file.requireAllRead();
        return scenario;
    }

    private static Nodes nodes(Fields nodes) {
        var read = new Nodes(nodes.number("count").orElse(3), nodes.number("gpus").orElse(1));
        nodes.requireAllRead();
        return read;
    }

    private static Workload pods(Fields pods) {
        var read =
                new Workload(
                        pods.duration("startTime").orElse(Duration.ofSeconds(2)),
                        pods.duration("taskTime").orElse(Duration.ofMillis(200)),
                        pods.number("tasksInFlight").orElse(1),
                        pods.duration("drainTime").orElse(Duration.ofSeconds(1)),
                        pods.duration("drainTimeout").orElse(Duration.ofSeconds(3)),
                        pods.number("gpuMemory").orElse(24_576),
                        pods.duration("stallThreshold").orElse(Duration.ofSeconds(4)));
        pods.requireAllRead();
        return read;
    }

    static JsonNode parse(String yaml) throws IOException {
        return YAML.readTree(yaml);
    }
}
