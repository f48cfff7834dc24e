package dev.facefusion.runtime.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.facefusion.runtime.engine.EnginePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What other programs say about the description and the server behind it. `tests/openapi` has what
/// they are told; `dev/lib/tools.sh` installs them.
@Timeout(300)
class ApiConformanceIT {

    private static final Path INPUT = Path.of("../tests/openapi").toAbsolutePath().normalize();
    private static final Path DESCRIPTION =
            Path.of("src/main/resources/openapi.yaml").toAbsolutePath();
    private static final Path TOOLS =
            Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElse(Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("facefusion/api-tools/bin");

    @TempDir private Path directory = Path.of("");

    @BeforeAll
    static void needsTheTools() {
        assumeTrue(
                Files.isExecutable(TOOLS.resolve("schemathesis")),
                "schemathesis is missing: dev/verify installs it into " + TOOLS);
    }

    @Test
    void theDescriptionIsOpenApi31() throws Exception {
        // when
        var ended = run("openapi-spec-validator", DESCRIPTION.toString());

        // then
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }

    @Test
    void theServerDoesWhatTheDescriptionSays() throws Exception {
        // given
        var environment = Map.of("QUEUE_CAPACITY", "1000");
        var execution = RunningServer.config(environment).execution();
        try (var server =
                RunningServer.start(
                        environment,
                        parts -> () -> EnginePlan.of(parts.models(), execution).open())) {
            server.awaitReady();

            // when
            var ended =
                    run(
                            "schemathesis",
                            "--config-file",
                            INPUT.resolve("schemathesis.toml").toString(),
                            "run",
                            "--no-color",
                            server.api("/openapi.yaml").toString());

            // then
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(server.get("/ready").statusCode()).isEqualTo(200);
        }
    }

    private record Ended(int exitCode, String output) {}

    private Ended run(String tool, String... arguments) throws IOException, InterruptedException {
        var output = directory.resolve("output").toFile();
        var builder = new ProcessBuilder(TOOLS.resolve(tool).toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("SCHEMATHESIS_HOOKS", INPUT.resolve("hooks.py").toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.directory(directory.toFile()); // schemathesis remembers crashes where it runs
        var process = builder.redirectErrorStream(true).redirectOutput(output).start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(output.toPath(), UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }
}
