package dev.facefusion.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.session.ExecutionProvider;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeConfigTest {

    @Test
    void needsNoVariable() {
        // when
        var config = RuntimeConfig.from(new Environment(Map.of()));

        // then
        assertThat(config.api().getPort()).isEqualTo(8000);
        assertThat(config.health().getPort()).isEqualTo(8080);
        assertThat(config.execution().providers()).containsExactly(ExecutionProvider.CPU);
        assertThat(config.execution().threads()).isEqualTo(4);
        assertThat(config.tasks().running()).isEqualTo(1);
        assertThat(config.tasks().interactive()).isEqualTo(32);
        assertThat(config.tasks().batch()).isEqualTo(1000);
        assertThat(config.uploads().diskBytes()).isEqualTo(2048L * 1024 * 1024);
        assertThat(config.stallThreshold()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(100));
        assertThat(config.maxBodyBytes()).isEqualTo(64L * 1024 * 1024);
    }

    @Test
    void findsTheBundledModels() {
        // when
        var config = RuntimeConfig.from(new Environment(Map.of()));

        // then
        assertThat(config.models().path().first().resolve("models.json"))
                .matches(Files::exists, "exists");
    }

    @Test
    void readsProvidersInOrderOfPreference() {
        // when
        var config =
                RuntimeConfig.from(
                        new Environment(Map.of("EXECUTION_PROVIDERS", "tensorrt, cuda,cpu")));

        // then
        assertThat(config.execution().providers())
                .containsExactly(
                        ExecutionProvider.TENSORRT, ExecutionProvider.CUDA, ExecutionProvider.CPU);
    }

    @Test
    void takesAnEmptyVariableForOneLeftOut() {
        // when
        var config = RuntimeConfig.from(new Environment(Map.of("CONCURRENCY", " ")));

        // then
        assertThat(config.tasks().running()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "API_PORT,http,Set it to a whole number",
                "API_PORT,65536,Set it to a whole number",
                "HEALTH_PORT,-1,Set it to a whole number",
                "EXECUTION_PROVIDERS,gpu,Set it to a comma-separated list",
                "EXECUTION_PROVIDERS,\"cpu,cpu\",Set it to a comma-separated list",
                "EXECUTION_PROVIDERS,\"cpu,\",Set it to a comma-separated list",
                "EXECUTION_THREADS,0,Set it to a whole number",
                "CONCURRENCY,0,Set it to a whole number",
                "CONCURRENCY,1.5,Set it to a whole number",
                "QUEUE_CAPACITY,0,Set it to a whole number",
                "JOB_CAPACITY,0,Set it to a whole number",
                "STALL_THRESHOLD_SECONDS,0,Set it to a whole number",
                "DRAIN_TIMEOUT_SECONDS,100s,Set it to a whole number",
                "TASK_TIMEOUT_SECONDS,never,Set it to a whole number",
                "MAX_BODY_MEGABYTES,16385,Set it to a whole number",
                "LOG_FORMAT,xml,Set it to one of json",
            })
    void namesTheVariableItsValueAndTheRemedy(String variable, String value, String remedy) {
        // when
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> RuntimeConfig.from(new Environment(Map.of(variable, value))))
                // then
                .withMessageContainingAll(variable, "\"" + value + "\"", remedy);
    }

    @Test
    void refusesOnePortForBoth() {
        // when
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> RuntimeConfig.from(new Environment(Map.of("API_PORT", "8080"))))
                // then
                .withMessageContainingAll("API_PORT", "HEALTH_PORT", "8080");
    }

    @Test
    void refusesADiskThatTheLargestBodyDoesNotFitOn() {
        // when
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() ->
                        RuntimeConfig.from(new Environment(Map.of("UPLOAD_DISK_MEGABYTES", "63"))))
                // then
                .withMessageContainingAll("UPLOAD_DISK_MEGABYTES", "MAX_BODY_MEGABYTES");
    }
}
