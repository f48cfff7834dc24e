package dev.facefusion.tests.chart;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartTest {
    @Test
    void passesHelmsStrictLint() {
        // given
        var lint = new Helm(RenderedChart.FOLDER).lint().strict();

        // when
        var result = lint.call();

        // then
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.startsWith("[WARNING]"));
    }

    @Test
    void runsTheOperatorUnderRestrictedPodSecurity() {
        // given
        var values = Map.<String, String>of();

        // when
        PodSpec pod = operatorPod(values);

        // then
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType())
                .isEqualTo("RuntimeDefault");
        var container = operator(pod).getSecurityContext();
        assertThat(container.getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    }

    @Test
    void tellsTheOperatorItsSettings() {
        // given
        var values =
                Map.ofEntries(
                        entry("watchNamespaces[0]", "media"),
                        entry("watchNamespaces[1]", "studio"),
                        entry("runtimeImage.repository", "registry.example/runtime"),
                        entry("runtimeImage.tag", "1.2.3"),
                        entry("logging.format", "text"));

        // when
        Map<String, String> environment =
                operator(operatorPod(values)).getEnv().stream()
                        .filter(variable -> variable.getValue() != null)
                        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));

        // then
        assertThat(environment)
                .containsEntry("WATCH_NAMESPACES", "media,studio")
                .containsEntry("RUNTIME_IMAGE", "registry.example/runtime:1.2.3")
                .containsEntry("LEADER_ELECTION", "true")
                .containsEntry("LOG_FORMAT", "text")
                .containsEntry("LOG_LEVEL", "INFO");
    }

    @Test
    void tellsTheOperatorWhoItIs() {
        // given
        var values = Map.of("serviceAccount.name", "somebody");

        // when
        PodSpec pod = operatorPod(values);

        // then
        assertThat(pod.getServiceAccountName()).isEqualTo("somebody");
        assertThat(operator(pod).getEnv())
                .filteredOn(variable -> variable.getValueFrom() != null)
                .extracting(
                        EnvVar::getName,
                        variable -> variable.getValueFrom().getFieldRef().getFieldPath())
                .contains(
                        tuple("SERVICE_ACCOUNT", "spec.serviceAccountName"),
                        tuple("POD_NAMESPACE", "metadata.namespace"));
    }

    @Test
    void tellsTheOperatorTheLabelsThatItsPodsBear() {
        // given
        var deployment = RenderedChart.of(Map.of("nameOverride", "ffo")).only(Deployment.class);

        // when
        var told =
                operator(deployment.getSpec().getTemplate().getSpec()).getEnv().stream()
                        .filter(variable -> variable.getName().equals("POD_LABELS"))
                        .map(EnvVar::getValue)
                        .findFirst();

        // then
        assertThat(told)
                .hasValueSatisfying(list ->
                        assertThat(labels(list))
                                .isEqualTo(deployment.getSpec().getSelector().getMatchLabels()));
    }

    private static Map<String, String> labels(String list) {
        return Stream.of(list.split(","))
                .map(label -> label.split("=", 2))
                .collect(Collectors.toMap(label -> label[0], label -> label[1]));
    }

    @Test
    void prefersADigestToATag() {
        // given
        var digest = "sha256:" + "0123456789abcdef".repeat(4);

        // when
        PodSpec pod = operatorPod(Map.of("image.tag", "1.2.3", "image.digest", digest));

        // then
        assertThat(operator(pod).getImage()).isEqualTo("facefusion-operator@" + digest);
    }

    @Test
    void protectsTheOperatorFromDisruptionOnlyWhereThereIsASecondOne() {
        // given
        var two = Map.of("replicas", "2");

        // when
        var alone = RenderedChart.of(Map.of()).all(PodDisruptionBudget.class);
        var pair = RenderedChart.of(two).all(PodDisruptionBudget.class);

        // then
        assertThat(alone).isEmpty();
        assertThat(pair).hasSize(1);
    }

    @Test
    void replacesInsteadOfRollingWhereNobodyElectsALeader() {
        // given
        var values = Map.of("leaderElection", "false");

        // when
        Deployment deployment = RenderedChart.of(values).only(Deployment.class);

        // then
        assertThat(deployment.getSpec().getStrategy().getType()).isEqualTo("Recreate");
    }

    @Test
    void rendersAServiceMonitorOnDemand() {
        // given
        var values = Map.of("metrics.serviceMonitor.enabled", "true");

        // when
        var monitors = RenderedChart.of(values).all(GenericKubernetesResource.class);

        // then
        assertThat(monitors).extracting(HasMetadata::getKind).containsExactly("ServiceMonitor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replica                     | 1        | replica",
                "image.repo                  | other    | repo",
                "image.pullPolicy            | Sometime | pullPolicy",
                "image.digest                | sha1:abc | digest",
                "runtimeImage.repository     | ''       | repository",
                "watchNamespaces[0]          | Media    | watchNamespaces",
                "logging.level               | LOUD     | level",
                "metrics.serviceMonitor.every | 1s      | every",
            })
    void refusesAValueThatTheSchemaDoesNotKnow(String name, String value, String named) {
        // given
        var values = Map.of(name, value);

        // when, then
        assertThatThrownBy(() -> RenderedChart.of(values))
                .hasMessageContaining("values don't meet the specifications")
                .hasMessageContaining(named);
    }

    @Test
    void refusesToWatchBothSomeAndAllNamespaces() {
        // given
        var values = Map.of("watchAllNamespaces", "true", "watchNamespaces[0]", "media");

        // when, then
        assertThatThrownBy(() -> RenderedChart.of(values)).hasMessageContaining("watchNamespaces");
    }

    @Test
    void refusesSeveralOperatorsWithoutAnElection() {
        // given
        var values = Map.of("replicas", "2", "leaderElection", "false");

        // when, then
        assertThatThrownBy(() -> RenderedChart.of(values)).hasMessageContaining("leaderElection");
    }

    private static PodSpec operatorPod(Map<String, String> values) {
        return RenderedChart.of(values).only(Deployment.class).getSpec().getTemplate().getSpec();
    }

    private static Container operator(PodSpec pod) {
        return pod.getContainers().getFirst();
    }
}
