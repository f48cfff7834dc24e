package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.cluster.ApiServer;
import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestNamespace;
import dev.facefusion.tests.identity.FaceRecogniser;
import dev.facefusion.tests.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class QuickstartE2E {
    private final TestNamespace namespace;
    private final ApiServer apiServer;

    QuickstartE2E(TestNamespace namespace) {
        this.namespace = namespace;
        this.apiServer = new ApiServer(namespace.client());
    }

    @BeforeAll
    void becomesReady() throws IOException {
        Fleet.apply(namespace, Files.readString(Path.of("../examples/quickstart.yaml")))
                .awaitReady();
    }

    @ParameterizedTest
    @CsvSource({"COLLINS, HOPPER", "HOPPER, COLLINS"})
    void givesTheTargetTheFaceOfTheSource(Photos source, Photos target) {
        try (var recogniser = new FaceRecogniser(Photos.MODELS)) {
            // given
            Identity from = recogniser.identify(source.bytes());
            Identity onto = recogniser.identify(target.bytes());

            // when
            var answer =
                    apiServer.post(
                            namespace.name(),
                            "quickstart:api",
                            "v1/swap",
                            SwapForm.CONTENT_TYPE,
                            SwapForm.of(source.bytes(), target.bytes()));

            // then
            assertThat(answer.code()).isEqualTo(200);
            Identity swapped = recogniser.identify(answer.body());
            assertThat(swapped.distanceTo(from)).as("distance to the source").isLessThan(0.5);
            assertThat(swapped.distanceTo(onto)).as("distance to the target").isGreaterThan(0.55);
        }
    }

    @Test
    void showsTheFleetInKubectlGet() {
        // given
        String all = namespace.name();

        // when, then
        eventually(() ->
                assertThat(apiServer.table(all).rows())
                        .singleElement()
                        .satisfies(row ->
                                assertThat(row)
                                        .containsEntry("Name", "quickstart")
                                        .containsEntry("DESIRED", "2")
                                        .containsEntry("READY", "2")
                                        .containsEntry("QUEUE", "0")
                                        .containsEntry("STATUS", "Ready")));
        assertThat(apiServer.table(all).headings())
                .containsExactly("Name", "DESIRED", "READY", "VRAM%", "QUEUE", "STATUS", "AGE");
        assertThat(apiServer.table(all).wideHeadings()).contains("DRAINING", "GPUS", "LATENCY(MS)");
    }
}
