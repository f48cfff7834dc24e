package dev.facefusion.runtime.provenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.runtime.config.ConfigException;
import dev.facefusion.runtime.config.Environment;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsentPolicyTest {

    static Stream<String> references() {
        return Stream.of("x", "release 17/2026", "同意书", "🙂".repeat(256), " padded ");
    }

    @ParameterizedTest
    @MethodSource("references")
    void takesAReference(String reference) {
        for (var policy : ConsentPolicy.values()) {
            assertThat(policy.accepts(sent(reference.getBytes(UTF_8)))).isTrue();
        }
    }

    static Stream<byte[]> noReferences() {
        return Stream.of(
                new byte[0],
                " \t\n".getBytes(UTF_8),
                "x".repeat(257).getBytes(UTF_8),
                new byte[] {(byte) 0xC3, 0x28});
    }

    @ParameterizedTest
    @MethodSource("noReferences")
    void takesNothingElseForOne(byte[] sent) {
        for (var policy : ConsentPolicy.values()) {
            assertThat(policy.accepts(sent(sent))).isFalse();
        }
    }

    @Test
    void asksForOneUnlessItIsOptional() {
        assertThat(ConsentPolicy.from(environment(Map.of())).accepts(Optional.empty())).isFalse();
        assertThat(ConsentPolicy.from(environment(Map.of("CONSENT", "required"))))
                .isEqualTo(ConsentPolicy.REQUIRED);
        assertThat(
                        ConsentPolicy.from(environment(Map.of("CONSENT", "optional")))
                                .accepts(Optional.empty()))
                .isTrue();
    }

    @Test
    void knowsNoOtherPolicy() {
        assertThatThrownBy(() -> ConsentPolicy.from(environment(Map.of("CONSENT", "off"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("CONSENT is \"off\"");
    }

    private static Optional<byte[]> sent(byte[] bytes) {
        return Optional.of(bytes);
    }

    private static Environment environment(Map<String, String> variables) {
        return new Environment(variables);
    }
}
