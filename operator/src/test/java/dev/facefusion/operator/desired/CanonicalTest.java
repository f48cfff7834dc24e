package dev.facefusion.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTest {
    @ParameterizedTest
    @CsvSource({
        "1000m, 1",
        "4000m, 4",
        "1500m, 1500m",
        "0.5, 500m",
        "1.5, 1500m",
        "0, 0",
        "2000, 2k",
        "1024, 1024",
        "1024Mi, 1Gi",
        "1.5Gi, 1536Mi",
        "8192Mi, 8Gi",
        "100Ki, 100Ki",
        "1000M, 1G",
        "0.0001, 100u",
    })
    void spellsAQuantityAsTheApiServerDoes(String given, String canonical) {
        assertThat(Canonical.of(new Quantity(given)).toString()).isEqualTo(canonical);
    }
}
