package dev.facefusion.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files of `crd-samples`, judged by the API server. The first line of an invalid one is a
/// comment with a part of the message that it must be refused with.
@ClusterTest
class CrdSamplesE2E {
    private static final Path FOLDER = Path.of("src/test/resources/crd-samples");

    private final TestNamespace namespace;

    CrdSamplesE2E(TestNamespace namespace) {
        this.namespace = namespace;
    }

    @ParameterizedTest
    @MethodSource("valid")
    void accepts(Path sample) throws IOException {
        // given
        GenericKubernetesResource resource = read(sample);

        // when
        GenericKubernetesResource accepted = create(resource);

        // then
        assertThat(accepted.getMetadata().getUid()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refuses(Path sample) throws IOException {
        // given
        GenericKubernetesResource resource = read(sample);

        // when, then
        assertThatThrownBy(() -> create(resource))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining(expectedMessage(sample));
    }

    @Test
    void breakEveryRuleOnce() throws IOException {
        // given
        List<String> messages = rules(schema()).map(ValidationRule::getMessage).distinct().toList();

        // when
        List<String> expected = invalid().map(CrdSamplesE2E::expectedMessage).toList();

        // then
        assertThat(messages).isNotEmpty().isSubsetOf(expected);
    }

    static Stream<Path> valid() throws IOException {
        return samples("valid-");
    }

    static Stream<Path> invalid() throws IOException {
        return samples("invalid-");
    }

    private static Stream<Path> samples(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static String expectedMessage(Path sample) {
        try (Stream<String> lines = Files.lines(sample)) {
            return lines.findFirst().orElseThrow().replaceFirst("^# ", "");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + sample, e);
        }
    }

    private static GenericKubernetesResource read(Path sample) throws IOException {
        return new KubernetesSerialization()
                .unmarshal(Files.readString(sample), GenericKubernetesResource.class);
    }

    private GenericKubernetesResource create(GenericKubernetesResource resource) {
        return namespace
                .client()
                .genericKubernetesResources("facefusion.dev/v1alpha1", "FaceFusionCluster")
                .inNamespace(namespace.name())
                .resource(resource)
                .dryRun()
                .fieldValidation(Validation.STRICT)
                .create();
    }

    private JSONSchemaProps schema() {
        CustomResourceDefinition definition =
                namespace
                        .client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("facefusionclusters.facefusion.dev")
                        .require();
        return definition.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    }

    private static Stream<ValidationRule> rules(JSONSchemaProps schema) {
        Stream<JSONSchemaProps> children =
                Stream.concat(
                        schema.getProperties() == null
                                ? Stream.empty()
                                : schema.getProperties().values().stream(),
                        schema.getItems() == null
                                ? Stream.empty()
                                : Stream.of(schema.getItems().getSchema()));
        return Stream.concat(
                schema.getXKubernetesValidations().stream(),
                children.flatMap(CrdSamplesE2E::rules));
    }
}
