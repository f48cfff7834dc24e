package dev.facefusion.tests.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What `helm template` makes of the chart for one set of values.
record RenderedChart(List<HasMetadata> resources) {
    static final Path FOLDER = Path.of("../helm-chart");
    static final String RELEASE = "facefusion-operator";
    static final String KUBERNETES = "1.34.4";
    static final String NAMESPACE = "facefusion-system";

    /// @throws IllegalStateException with Helm's message, where a template or the schema refuses
    ///   the values
    static RenderedChart of(Map<String, String> values) {
        TemplateCommand command =
                new Helm(FOLDER)
                        .template()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .skipCrds();
        values.forEach(command::set);
        return new RenderedChart(documents(command.call()));
    }

    private static List<HasMetadata> documents(String rendered) {
        var yaml = new KubernetesSerialization();
        return Stream.of(rendered.split("(?m)^---$"))
                .filter(document -> document.contains("kind:"))
                .map(document -> yaml.<HasMetadata>unmarshal(document))
                .toList();
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError(
                    "the chart renders %d of %s".formatted(found.size(), type.getSimpleName()));
        }
        return found.getFirst();
    }

    /// Rules that some role of the operator's service account grants: all but the aggregated ones,
    /// which are for people.
    List<PolicyRule> operatorRules() {
        return Stream.concat(
                        all(Role.class).stream().flatMap(role -> role.getRules().stream()),
                        all(ClusterRole.class).stream()
                                .filter(role -> role.getMetadata().getName().equals(RELEASE))
                                .flatMap(role -> role.getRules().stream()))
                .toList();
    }
}
