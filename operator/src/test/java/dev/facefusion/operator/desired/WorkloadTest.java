package dev.facefusion.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.decide.Part;
import dev.facefusion.operator.reconcile.Clusters;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each folder beside this test's resources is a case: `in-cluster.yaml` asks, and `out-*.yaml` are
/// the objects, to the last value. After an intended change run with `-Dgolden.update=true` and
/// read the difference.
class WorkloadTest {
    private static final Path CASES = Path.of("src/test/resources/dev/facefusion/operator/desired");

    static List<String> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isToTheLastValueWhatIsAskedFor(String name) throws IOException {
        // given
        var folder = CASES.resolve(name);
        var cluster =
                Serialization.unmarshal(
                        Files.readString(folder.resolve("in-cluster.yaml")),
                        FaceFusionCluster.class);

        // when
        var workload = Workload.of(Clusters.settings(cluster));

        // then
        var files = new TreeSet<>(Set.of("in-cluster.yaml"));
        for (var part : Part.values()) {
            var object = workload.part(part);
            if (object.isPresent()) {
                var golden = folder.resolve(fileOf(part));
                assertThat(Serialization.asYaml(object.get()))
                        .as(golden.toString())
                        .isEqualTo(golden(golden, object.get()));
                files.add(fileOf(part));
            }
        }
        assertThat(files(folder)).isEqualTo(files);
    }

    private static String golden(Path file, HasMetadata object) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, Serialization.asYaml(object));
        }
        return Files.readString(file);
    }

    private static String fileOf(Part part) {
        return "out-%s.yaml".formatted(part.kind().toLowerCase(Locale.ROOT));
    }

    private static Set<String> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
