package dev.facefusion.crds.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class CrdYamlTest {
    /// What `kubectl apply` can store in its last-applied annotation.
    private static final int APPLY_LIMIT_BYTES = 256 * 1024;

    @Test
    void theCommittedCopiesAreWhatTheRecordsSay() throws IOException {
        // when
        var generated = CrdYaml.generate();

        // then
        for (var file : CrdYaml.COMMITTED) {
            assertThat(file)
                    .as("stale: run dev/update-crds and commit %s", file)
                    .exists()
                    .content()
                    .isEqualTo(generated);
        }
    }

    @Test
    void staysSmallEnoughForPlainKubectlApply() throws IOException {
        assertThat(Files.size(CrdYaml.COMMITTED.getFirst())).isLessThan(APPLY_LIMIT_BYTES);
    }
}
