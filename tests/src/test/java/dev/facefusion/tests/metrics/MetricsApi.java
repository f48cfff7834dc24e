package dev.facefusion.tests.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.cluster.ApiServer;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The cluster's external metrics API while a test lasts: [SingleMetricServer] from a ConfigMap on
/// the runtime image's Java, registered with the API server.
public final class MetricsApi implements AutoCloseable {
    private static final String NAME = "metrics";
    private static final String CLASS_FILE =
            SingleMetricServer.class.getName().replace('.', '/') + ".class";
    private static final String KEY_FILE = "key.p12";
    private static final Map<String, String> LABELS = Map.of("app", NAME);

    private final TestNamespace namespace;
    private final ApiServer server;

    private MetricsApi(TestNamespace namespace) {
        this.namespace = namespace;
        this.server = new ApiServer(namespace.client());
    }

    /// Blocks until the API server serves the metric.
    ///
    /// @param model a pod that the namespace admits, and whose image has Java
    public static MetricsApi start(TestNamespace namespace, Pod model) {
        var api = new MetricsApi(namespace);
        namespace.create(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withBinaryData(Map.of("program", program(), "key", key()))
                        .build());
        namespace.create(pod(model));
        namespace.create(
                new ServiceBuilder()
                        .withNewMetadata()
                        .withName(NAME)
                        .endMetadata()
                        .withNewSpec()
                        .withSelector(LABELS)
                        .addNewPort()
                        .withName("metrics")
                        .withPort(443)
                        .withTargetPort(new IntOrString(SingleMetricServer.METRICS_PORT))
                        .endPort()
                        .addNewPort()
                        .withName("value")
                        .withPort(SingleMetricServer.VALUE_PORT)
                        .endPort()
                        .endSpec()
                        .build());
        Fleet.eventually(() -> api.set(0));
        var _ = namespace.client().resource(api.registration()).create();
        Fleet.eventually(api::assertAvailable);
        Fleet.eventually(api::assertServed);
        return api;
    }

    /// What every metric is from now on.
    public void set(int value) {
        var body = Integer.toString(value).getBytes(UTF_8);
        var answer = server.post(namespace.name(), NAME + ":value", "", "text/plain", body);
        assertThat(answer.code()).isEqualTo(200);
    }

    /// Where it is not, the condition's message says why.
    private void assertAvailable() {
        var registered = namespace.client().resource(registration()).get();
        assertThat(registered.getStatus().getConditions())
                .anySatisfy(condition -> {
                    assertThat(condition.getType()).isEqualTo("Available");
                    assertThat(condition.getStatus()).isEqualTo("True");
                });
    }

    /// Asked itself: for a while an available API answers 404.
    private void assertServed() {
        var path = "/apis/%s/%s".formatted(SingleMetricServer.GROUP, SingleMetricServer.VERSION);
        assertThat(namespace.client().raw(path)).contains("ExternalMetricValueList");
    }

    private APIService registration() {
        return new APIServiceBuilder()
                .withNewMetadata()
                .withName(SingleMetricServer.VERSION + "." + SingleMetricServer.GROUP)
                .endMetadata()
                .withNewSpec()
                .withGroup(SingleMetricServer.GROUP)
                .withVersion(SingleMetricServer.VERSION)
                .withGroupPriorityMinimum(100)
                .withVersionPriority(100)
                .withInsecureSkipTLSVerify(true)
                .withNewService()
                .withNamespace(namespace.name())
                .withName(NAME)
                .withPort(443)
                .endService()
                .endSpec()
                .build();
    }

    private static Pod pod(Pod model) {
        var container =
                new ContainerBuilder(model.getSpec().getContainers().getFirst())
                        .withCommand("java", "-cp", "/program", SingleMetricServer.class.getName())
                        .withArgs("/program/" + KEY_FILE)
                        .withPorts(List.of())
                        .withLifecycle(null)
                        .withStartupProbe(null)
                        .withReadinessProbe(null)
                        .withLivenessProbe(null)
                        .addNewVolumeMount()
                        .withName("program")
                        .withMountPath("/program")
                        .endVolumeMount()
                        .build();
        return new PodBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withLabels(LABELS)
                .endMetadata()
                .withSpec(model.getSpec())
                .editSpec()
                .withNodeName(null)
                .withContainers(container)
                .addNewVolume()
                .withName("program")
                .withNewConfigMap()
                .withName(NAME)
                .addNewItem("program", null, CLASS_FILE)
                .addNewItem("key", null, KEY_FILE)
                .endConfigMap()
                .endVolume()
                .endSpec()
                .build();
    }

    private static String program() {
        try (InputStream classFile =
                SingleMetricServer.class.getResourceAsStream("SingleMetricServer.class")) {
            if (classFile == null) {
                throw new IllegalStateException("the tests' own class file is missing");
            }
            return Base64.getEncoder().encodeToString(classFile.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the tests' own class file", e);
        }
    }

    /// A key with a certificate that nobody checks; only keytool makes one without a library.
    private static String key() {
        try {
            Path folder = Files.createTempDirectory("metrics-key");
            Path file = folder.resolve(KEY_FILE);
            var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            var process =
                    new ProcessBuilder(
                                    keytool.toString(),
                                    "-genkeypair",
                                    "-keyalg",
                                    "EC",
                                    "-dname",
                                    "CN=" + NAME,
                                    "-storepass",
                                    SingleMetricServer.PASSWORD,
                                    "-keystore",
                                    file.toString())
                            .inheritIO()
                            .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool made no key");
            }
            var key = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
            Files.delete(file);
            Files.delete(folder);
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a key", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while making a key", e);
        }
    }

    /// A metrics API without a server would keep namespaces from being deleted.
    @Override
    public void close() {
        var _ = namespace.client().resource(registration()).delete();
    }
}
