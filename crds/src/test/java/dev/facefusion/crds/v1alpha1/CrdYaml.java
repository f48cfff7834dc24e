package dev.facefusion.crds.v1alpha1;

import static java.util.Comparator.comparingInt;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The CRD as the records say it; `main` writes it to where it is committed.
final class CrdYaml {
    private static final String FILE = "facefusionclusters.facefusion.dev-v1.yml";
    private static final String HEADER =
            "# Generated from the records of crds/: run dev/update-crds.\n";

    /// Relative to the `crds` module: the operator's class path, and the chart.
    static final List<Path> COMMITTED =
            List.of(
                    Path.of("src/main/resources/META-INF/fabric8", FILE),
                    Path.of("../helm-chart/crds", FILE));

    private CrdYaml() {}

    static String generate() throws IOException {
        var folder = Files.createTempDirectory(Path.of("target"), "crds");
        new CRDGenerator()
                .customResourceClasses(FaceFusionCluster.class)
                .forCRDVersions("v1")
                .inOutputDir(folder.toFile())
                .detailedGenerate();
        var crd =
                Serialization.unmarshal(
                        Files.readString(folder.resolve(FILE)), CustomResourceDefinition.class);
        crd.getSpec().getVersions().forEach(CrdYaml::orderColumnsAsDeclared);
        crd.getSpec().getVersions().forEach(CrdYaml::beginUnobserved);
        return HEADER + Serialization.asYaml(crd).replaceFirst("^---\n", "");
    }

    /// The generator sorts the columns by path; a person reads them in the order of the
    /// annotations.
    private static void orderColumnsAsDeclared(CustomResourceDefinitionVersion version) {
        var declared =
                Arrays.stream(
                                FaceFusionCluster.class.getAnnotationsByType(
                                        AdditionalPrinterColumn.class))
                        .map(AdditionalPrinterColumn::name)
                        .toList();
        version.getAdditionalPrinterColumns()
                .sort(comparingInt(column -> declared.indexOf(column.getName())));
    }

    /// Until the operator has looked at a new resource, whoever waits for it must not take it for
    /// done.
    private static void beginUnobserved(CustomResourceDefinitionVersion version) {
        var properties = version.getSchema().getOpenAPIV3Schema().getProperties();
        Objects.requireNonNull(properties.get("status"))
                .setDefault(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("observedGeneration", FaceFusionCluster.UNOBSERVED));
    }

    public static void main(String... args) throws IOException {
        var yaml = generate();
        for (var file : COMMITTED) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, yaml);
        }
    }
}
