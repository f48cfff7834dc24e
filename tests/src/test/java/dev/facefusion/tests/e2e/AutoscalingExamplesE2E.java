package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The objects of `examples/autoscaling`, judged by the API server: KEDA's against its own CRD.
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class AutoscalingExamplesE2E {
    private static final Path FOLDER = Path.of("../examples/autoscaling");
    private static final Path KEDA = Path.of("src/test/resources/keda/scaledobjects.yaml");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final TestNamespace namespace;
    private final CustomResourceDefinition keda;

    AutoscalingExamplesE2E(TestNamespace namespace) throws IOException {
        this.namespace = namespace;
        this.keda = YAML.unmarshal(Files.readString(KEDA), CustomResourceDefinition.class);
    }

    @BeforeAll
    void defineKedasResource() throws IOException {
        var _ = namespace.client().resource(keda).create();
        var sample = objects("keda.yaml").getLast();
        eventually(() -> accept(sample));
    }

    @AfterAll
    void removeKedasResource() {
        var _ = namespace.client().resource(keda).delete();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hpa.yaml", "keda.yaml"})
    void areAccepted(String example) throws IOException {
        // given
        var objects = objects(example);

        // when
        var accepted = objects.stream().map(this::accept).toList();

        // then
        assertThat(accepted)
                .hasSizeGreaterThan(1)
                .allSatisfy(object -> assertThat(object.getMetadata().getUid()).isNotEmpty());
    }

    @Test
    void wouldNotBeWithAFieldThatKedaDoesNotKnow() throws IOException {
        // given
        var text = Files.readString(FOLDER.resolve("keda.yaml"));
        var misspelt = parse(text.replace("pollingInterval", "pollingIntervall")).getLast();

        // when, then
        assertThatThrownBy(() -> accept(misspelt))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("pollingIntervall");
    }

    private GenericKubernetesResource accept(GenericKubernetesResource object) {
        return namespace
                .client()
                .genericKubernetesResources(object.getApiVersion(), object.getKind())
                .inNamespace(namespace.name())
                .resource(object)
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create();
    }

    private static List<GenericKubernetesResource> objects(String example) throws IOException {
        return parse(Files.readString(FOLDER.resolve(example)));
    }

    private static List<GenericKubernetesResource> parse(String text) {
        return Stream.of(text.split("(?m)^---$"))
                .map(document -> YAML.unmarshal(document, GenericKubernetesResource.class))
                .toList();
    }
}
