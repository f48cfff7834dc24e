package dev.facefusion.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.facefusion.operator.desired.WorkloadSettings.OperatorPods;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorConfigTest {
    private static final Map<String, String> COMPLETE =
            Map.ofEntries(
                    Map.entry("WATCH_NAMESPACES", "media, studio,"),
                    Map.entry("RUNTIME_IMAGE", "registry.example/runtime:1"),
                    Map.entry("POD_NAME", "operator-0"),
                    Map.entry("POD_NAMESPACE", "facefusion-system"),
                    Map.entry("POD_LABELS", "app=operator, release=one"),
                    Map.entry("SERVICE_ACCOUNT", "facefusion-operator"),
                    Map.entry("PLACEHOLDER_IMAGE", "registry.example/pause:1"),
                    Map.entry("RUNTIME_TOKEN_FILE", "/token"),
                    Map.entry("LEADER_ELECTION", "true"),
                    Map.entry("MANAGEMENT_PORT", "9090"),
                    Map.entry("LOG_FORMAT", "text"),
                    Map.entry("LOG_LEVEL", "DEBUG"));

    @Test
    void readsEveryVariable() {
        // when
        var config = OperatorConfig.of(COMPLETE);

        // then
        assertThat(config)
                .isEqualTo(
                        new OperatorConfig(
                                Set.of("media", "studio"),
                                "registry.example/runtime:1",
                                "operator-0",
                                "facefusion-system",
                                Map.of("app", "operator", "release", "one"),
                                "facefusion-operator",
                                "registry.example/pause:1",
                                "/token",
                                true,
                                9090));
        assertThat(config.subject())
                .hasValue("system:serviceaccount:facefusion-system:facefusion-operator");
        assertThat(config.pods())
                .hasValue(
                        new OperatorPods(
                                "facefusion-system", Map.of("app", "operator", "release", "one")));
    }

    @Test
    void needsNothingButTheRuntimeImage() {
        // when
        var config = OperatorConfig.of(Map.of("RUNTIME_IMAGE", "runtime"));

        // then
        assertThat(config.watchNamespaces()).isEmpty();
        assertThat(config.leaderElection()).isFalse();
        assertThat(config.subject()).isEmpty();
        assertThat(config.runtimeToken()).isEmpty();
        assertThat(config.pods()).isEmpty();
        assertThat(config.managementPort()).isEqualTo(8080);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNTIME_IMAGE, '', set it to the image",
        "POD_NAME, '', set it by the downward API",
        "POD_NAMESPACE, '', set it by the downward API",
        "LEADER_ELECTION, yes, 'one of false, true'",
        "POD_LABELS, app, name=value",
        "POD_LABELS, =x, name=value",
        "MANAGEMENT_PORT, http, a number from 0 to 65535",
        "MANAGEMENT_PORT, 65536, a number from 0 to 65535",
        "LOG_FORMAT, xml, 'one of json, text'",
        "LOG_LEVEL, loud, 'one of info, trace, debug, warn, error'",
    })
    void namesTheVariableTheValueAndTheRemedy(String variable, String value, String remedy) {
        // given
        var environment = new HashMap<>(COMPLETE);
        environment.put(variable, value);

        // then
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OperatorConfig.of(environment))
                .withMessageStartingWith("%s is \"%s\": ".formatted(variable, value))
                .withMessageContaining(remedy);
    }
}
