package dev.facefusion.tests.cluster;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a person wants to read when a cluster test has failed, before the cluster is gone.
final class Diagnostics {
    private static final Logger LOG = LoggerFactory.getLogger(Diagnostics.class);
    private static final Path FOLDER = Path.of("target/cluster");
    private static final int LINES = 200;

    private final KubernetesClient client;

    Diagnostics(TestCluster cluster) {
        client = cluster.client();
    }

    /// Writes to the console and to a file named after the test.
    void dump(Class<?> test, String method, String namespace) {
        String report =
                Stream.of(
                                section("FaceFusionClusters", fleets(namespace)),
                                section("Pods", pods(namespace)),
                                section("Events", events(namespace)),
                                logs(namespace),
                                logs(OperatorRelease.NAMESPACE))
                        .collect(Collectors.joining("\n"));
        Path file = FOLDER.resolve(test.getSimpleName() + "." + method.replace("()", "") + ".txt");
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(file, report);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        LOG.atError().addKeyValue("file", file).log("A cluster test failed\n{}", report);
    }

    private String fleets(String namespace) {
        List<FaceFusionCluster> fleets =
                client.resources(FaceFusionCluster.class).inNamespace(namespace).list().getItems();
        fleets.forEach(fleet -> fleet.getMetadata().setManagedFields(List.of()));
        return new KubernetesSerialization().asYaml(fleets);
    }

    private String pods(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(pod ->
                        "%s %s %s"
                                .formatted(
                                        pod.getMetadata().getName(),
                                        pod.getStatus().getPhase(),
                                        pod.getStatus().getContainerStatuses()))
                .collect(Collectors.joining("\n"));
    }

    private String events(String namespace) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .map(event ->
                        "%s %s %s: %s"
                                .formatted(
                                        event.getMetadata().getCreationTimestamp(),
                                        event.getInvolvedObject().getName(),
                                        event.getReason(),
                                        event.getMessage()))
                .collect(Collectors.joining("\n"));
    }

    private String logs(String namespace) {
        return client.pods().inNamespace(namespace).list().getItems().stream()
                .map(pod -> section("Log of " + pod.getMetadata().getName(), log(pod)))
                .collect(Collectors.joining("\n"));
    }

    private String log(Pod pod) {
        try {
            return client.pods().resource(pod).tailingLines(LINES).getLog();
        } catch (KubernetesClientException e) {
            return "none: " + e.getMessage();
        }
    }

    private static String section(String title, String text) {
        return "=== %s%n%s".formatted(title, text);
    }
}
