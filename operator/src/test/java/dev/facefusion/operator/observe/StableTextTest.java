package dev.facefusion.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StableTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the volume of studio-7d4b9c-x2x4z is full | the volume of the pod is full",
                "container=runtime pod=studio-7d4b9c-x2x4z_media(0b7d1c1e-6a2b-4c3d-9e8f-001122334455)"
                        + " | container=runtime the pod",
                "read udp 10.1.2.3:48211->10.96.0.10:53: i/o timeout | read udp …->…: i/o timeout",
                "2026-06-01T12:00:00.123Z no such file | … no such file",
                "container 4f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c3abcd is gone | container … is gone",
                "r/a@sha256:4f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c3abcd: not found"
                        + " | r/a@sha256:4f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c34f5ad1a0b2c3abcd: not found",
            })
    void leavesOutWhatIsOfThisTryOnly(String message, String stable) {
        assertThat(StableText.of(message, "studio-7d4b9c-x2x4z")).isEqualTo(stable);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0/3 nodes are available: 3 Insufficient nvidia.com/gpu. preemption: 0/3 nodes are available:"
                        + " 3 No preemption victims found for incoming pod. | Insufficient nvidia.com/gpu",
                "0/4 nodes are available: 1 node(s) had untolerated taint {gpu: no}, 3 Insufficient cpu."
                        + " | Insufficient cpu, had untolerated taint {gpu: no}",
                "0/5 nodes are available: 2 Insufficient cpu, 3 node(s) had untolerated taint {gpu: no}."
                        + " | Insufficient cpu, had untolerated taint {gpu: no}",
                "persistentvolumeclaim \"models\" not found. not found | persistentvolumeclaim \"models\" not found. not found",
            })
    void namesTheSchedulersReasonsWithoutTheirNumbers(String message, String stable) {
        assertThat(StableText.ofScheduler(message)).isEqualTo(stable);
    }

    @Test
    void isShort() {
        assertThat(StableText.of("a".repeat(5000), "x")).hasSize(300).endsWith("…");
    }
}
