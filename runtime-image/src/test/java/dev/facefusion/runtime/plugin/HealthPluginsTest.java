package dev.facefusion.runtime.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.facefusion.runtime.plugin.CustomFigures.Named;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HealthPluginsTest {

    // Long enough for any that returns at all, on a machine that has other work.
    private static final Duration LONG = Duration.ofSeconds(20);
    // For those that do not. The others may then be late as well, for once.
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration PERIOD = Duration.ofMillis(20);
    private static final RuntimeView RUNTIME = new FakeView();
    private static final Named GOOD = new Named("good", "", HealthValue.of(7));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir private Path directory;

    record FakeView() implements RuntimeView {
        @Override
        public Optional<String> setting(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<String> modelDigest() {
            return Optional.empty();
        }

        @Override
        public CacheCounts sourceCache() {
            return new CacheCounts(0, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Quantity, HealthValue.of(-1.5)",
        "Text, HealthValue.of(\"as it should be\")",
        "Flag, HealthValue.of(true)",
        "Largest, HealthValue.of(0x1p53)"
    })
    void showsWhatAContributorSays(String type, String expression) throws IOException {
        // given
        plugin(type, "\"mine\"", PluginJar.returning("Optional.of(" + expression + ")"));

        // when
        try (var plugins = start()) {
            var named = await().until(() -> own(plugins), list -> !list.isEmpty());

            // then
            assertThat(named).extracting(Named::name).containsExactly("mine");
            assertThat(named)
                    .extracting(value -> value.value().getClass().getSimpleName())
                    .containsExactly(type.equals("Largest") ? "Quantity" : type);
            assertThat(plugins.figures().errors()).isEmpty();
        }
    }

    @Test
    void measuresNumbersOnlyAndForgetsThemWhenTheyAreLost() throws IOException {
        // given: a number until the file is there
        var stop = directory.resolve("stop");
        plugin(
                "Fading",
                "\"fading\"",
                """
                @Override
                public String unit() {
                    return "ratio";
                }
                """
                        + PluginJar.returning(
                                """
                                java.nio.file.Files.exists(java.nio.file.Path.of("%s"))
                                    ? Optional.empty() : Optional.of(HealthValue.of(0.25))\
                                """
                                        .formatted(stop)));
        plugin("Words", "\"words\"", PluginJar.returning("Optional.of(HealthValue.of(\"w\"))"));

        try (var _ = start()) {
            // when
            var gauges = await().until(this::gauges, list -> !list.isEmpty());

            // then
            assertThat(gauges)
                    .extracting(gauge -> gauge.getId().getName())
                    .containsExactly("fusion.custom");
            assertThat(gauges.getFirst().getId().getTag("name")).isEqualTo("fading");
            assertThat(gauges.getFirst().getId().getTag("unit")).isEqualTo("ratio");
            assertThat(gauges.getFirst().value()).isEqualTo(0.25);

            // when
            Files.createFile(stop);

            // then
            await().untilAsserted(() -> assertThat(gauges()).isEmpty());
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        "\"bad\"",
                        "throw new java.io.IOException(\"secret\")",
                        "bad",
                        "it threw java.io.IOException"),
                Arguments.of(
                        "\"bad\"",
                        "return value(runtime)",
                        "bad",
                        "it threw java.lang.StackOverflowError"),
                Arguments.of("\"bad\"", "return null", "bad", "it returned null"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.of(HealthValue.of(0.0 / 0))",
                        "bad",
                        "its value is not a finite number"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.of(HealthValue.of(1 / 0.0))",
                        "bad",
                        "its value is not a finite number"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.of(HealthValue.of(-1e16))",
                        "bad",
                        "its value is further from 0 than 2^53"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.of(HealthValue.of(\"x\".repeat(50_000_000)))",
                        "bad",
                        "its value has 50000000 characters, more than 256"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.of(HealthValue.of(\"a\\nb\"))",
                        "bad",
                        "its value holds a control character"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.of(new HealthValue.Text(null))",
                        "bad",
                        "its value is null"),
                Arguments.of(
                        "\"Bad Name\"",
                        "return Optional.empty()",
                        "org.example.Bad",
                        "its name is not 1 to 63 of a-z, 0-9 and _, a letter first"),
                Arguments.of(
                        "\"x\".repeat(64)",
                        "return Optional.empty()",
                        "org.example.Bad",
                        "its name is not 1 to 63 of a-z, 0-9 and _, a letter first"),
                Arguments.of(
                        "null",
                        "return Optional.empty()",
                        "org.example.Bad",
                        "its name is not 1 to 63 of a-z, 0-9 and _, a letter first"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.empty(); } public String unit() { return \"\\\"\"",
                        "org.example.Bad",
                        "its unit is not at most 24 letters, digits and %/_.-"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.empty(); } static { if (true) throw new Error()",
                        "org.example.Bad",
                        "it threw java.lang.Error"),
                Arguments.of(
                        "\"bad\"",
                        "return Optional.empty(); } public Bad() { int i = 1 / 0",
                        "org.example.Bad",
                        "it threw java.lang.ArithmeticException"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void losesNoMoreThanTheValueOfABadOne(String name, String code, String label, String reason)
            throws IOException {
        // given
        plugin(
                "Bad",
                name,
                """
                @Override
                public Optional<HealthValue> value(RuntimeView runtime) throws Exception {
                    %s;
                }
                """
                        .formatted(code));
        plugin("Good", "\"good\"", PluginJar.returning("Optional.of(HealthValue.of(7))"));

        // when
        try (var plugins = start()) {
            await().until(() ->
                    own(plugins).contains(GOOD) && !plugins.figures().errors().isEmpty());

            // then
            assertThat(plugins.figures().errors()).containsExactly(entry(label, reason));
            assertThat(own(plugins)).containsExactly(GOOD);
        }
    }

    @Test
    void keepsOneThreadForOneThatBlocksForEver() throws IOException {
        // given: deaf to interruption
        plugin(
                "Deaf",
                "\"deaf\"",
                PluginJar.returning("block()")
                        + """
                        static Optional<HealthValue> block() {
                            while (true) {
                                java.util.concurrent.locks.LockSupport.park();
                            }
                        }
                        """);
        // and one that counts how often it was asked
        plugin(
                "Count",
                "\"count\"",
                "int n; " + PluginJar.returning("Optional.of(HealthValue.of(++n))"));

        // when
        try (var plugins = start(SHORT)) {
            await().until(() -> plugins.figures().errors().containsKey("deaf"));
            await().until(() ->
                    own(plugins).stream()
                            .anyMatch(value ->
                                    value.value() instanceof HealthValue.Quantity(var count)
                                            && count > 50));

            // then
            await().untilAsserted(() ->
                    assertThat(plugins.figures().errors())
                            .containsExactly(entry("deaf", "it did not return within 0.5 s")));
            assertThat(threadsNamed("plugin-Deaf")).isEqualTo(1);
        }
    }

    @Test
    void takesTheValueOfOneThatIsSlowOnce() throws IOException {
        // given
        plugin(
                "Slow",
                "\"slow\"",
                "int n; "
                        + PluginJar.returning("Optional.of(HealthValue.of(n++ == 0 ? sleep() : n))")
                        + """
                        static double sleep() throws InterruptedException {
                            Thread.sleep(3_600_000);
                            return 0;
                        }
                        """);

        // when
        try (var plugins = start(SHORT)) {
            // then: the call, which takes an hour, is interrupted, and the next one is taken
            await().untilAsserted(() -> {
                assertThat(own(plugins)).isNotEmpty();
                assertThat(plugins.figures().errors()).isEmpty();
            });
        }
    }

    @Test
    void givesEveryJarClassesOfItsOwn() throws IOException {
        // given: the same class name in two jars
        for (var name : List.of("one", "two")) {
            PluginJar.write(
                    directory.resolve(name + ".jar"),
                    "Same",
                    PluginJar.contributor(
                            "Same",
                            '"' + name + '"',
                            PluginJar.returning("Optional.of(HealthValue.of(1))")));
        }

        // when
        try (var plugins = start()) {
            var named = await().until(() -> own(plugins), list -> list.size() == 2);

            // then
            assertThat(named).extracting(Named::name).containsExactly("one", "two");
        }
    }

    @Test
    void showsTheFirstOfTwoWithOneName() throws IOException {
        // given
        plugin("First", "\"name\"", PluginJar.returning("Optional.of(HealthValue.of(1))"));
        plugin("Second", "\"name\"", PluginJar.returning("Optional.of(HealthValue.of(2))"));

        // when
        try (var plugins = start()) {
            await().until(() -> !plugins.figures().errors().isEmpty());

            // then
            assertThat(own(plugins)).containsExactly(new Named("name", "", HealthValue.of(1)));
            assertThat(plugins.figures().errors())
                    .containsExactly(
                            entry("org.example.Second", "another contributor is named name"));
        }
    }

    @Test
    void leavesOutBrokenJarsAndSaysWhy() throws IOException {
        // given
        Files.write(directory.resolve("broken.jar"), "PK but no jar".getBytes(UTF_8));
        PluginJar.writeWithoutClass(directory.resolve("hollow.jar"), "org.example.Missing");
        Files.write(directory.resolve("notes.txt"), new byte[] {1});
        plugin("Good", "\"good\"", PluginJar.returning("Optional.of(HealthValue.of(7))"));

        // when
        try (var plugins = start()) {
            await().until(() -> own(plugins).contains(GOOD));

            // then
            assertThat(plugins.figures().errors())
                    .containsOnlyKeys("broken.jar", "hollow.jar")
                    .hasEntrySatisfying(
                            "broken.jar",
                            reason -> assertThat(reason).startsWith("it cannot be opened as a jar"))
                    .hasEntrySatisfying(
                            "hollow.jar",
                            reason -> assertThat(reason).contains("org.example.Missing"));
        }
    }

    @Test
    void saysThatTheDirectoryIsMissing() {
        directory = directory.resolve("missing");

        try (var plugins = start()) {
            assertThat(plugins.figures().errors())
                    .containsExactly(
                            entry(
                                    directory.toString(),
                                    "PLUGIN_DIR cannot be listed (NoSuchFileException)"));
        }
    }

    @Test
    void runsTheExampleOfTheDocumentation() throws IOException {
        // given
        var page = Files.readString(Path.of("../docs/plugins.md"));
        var example = page.substring(page.indexOf("```java\n") + 8);
        example = example.substring(0, example.indexOf("```"));
        var api =
                Files.readString(
                        Path.of(
                                "src/main/java/dev/facefusion/runtime/plugin/HealthContributor.java"));
        PluginJar.write(directory.resolve("example.jar"), "FreeDisk", example);

        // when
        try (var plugins = start()) {
            var named = await().until(() -> own(plugins), list -> !list.isEmpty());

            // then
            assertThat(named.getFirst().name()).isEqualTo("free_disk");
            assertThat(named.getFirst().unit()).isEqualTo("bytes");
            assertThat(api.replaceAll("(?m)^/// ?", "")).contains(example);
        }
    }

    private void plugin(String type, String name, String members) throws IOException {
        PluginJar.write(
                directory.resolve(type + ".jar"), type, PluginJar.contributor(type, name, members));
    }

    private HealthPlugins start() {
        return start(LONG);
    }

    private HealthPlugins start(Duration timeout) {
        var settings =
                new PluginSettings(Optional.of(directory), timeout, PERIOD, _ -> Optional.empty());
        return HealthPlugins.start(settings, RUNTIME, registry);
    }

    /// Those that ship have no value of this runtime.
    private static List<Named> own(HealthPlugins plugins) {
        return plugins.figures().values();
    }

    private List<Gauge> gauges() {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getType() == Meter.Type.GAUGE)
                .map(Gauge.class::cast)
                .toList();
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .count();
    }
}
