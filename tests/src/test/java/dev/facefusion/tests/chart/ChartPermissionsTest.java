package dev.facefusion.tests.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartPermissionsTest {
    private static final Map<String, String> EVERYWHERE = Map.of("watchAllNamespaces", "true");
    private static final Map<String, String> TWO_NAMESPACES =
            Map.of("watchNamespaces[0]", "media", "watchNamespaces[1]", "studio");

    @Test
    void staysInsideTheWatchedNamespaces() {
        // given
        var values = TWO_NAMESPACES;

        // when
        RenderedChart chart = RenderedChart.of(values);

        // then
        assertThat(chart.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactlyInAnyOrder("media", "studio", RenderedChart.NAMESPACE);
        assertThat(chart.all(ClusterRoleBinding.class)).isEmpty();
        assertThat(chart.all(RoleBinding.class))
                .flatExtracting(RoleBinding::getSubjects)
                .allSatisfy(subject -> {
                    assertThat(subject.getName()).isEqualTo(RenderedChart.RELEASE);
                    assertThat(subject.getNamespace()).isEqualTo(RenderedChart.NAMESPACE);
                });
    }

    @Test
    void staysInItsOwnNamespaceByDefault() {
        // given
        var values = Map.<String, String>of();

        // when
        RenderedChart chart = RenderedChart.of(values);

        // then
        assertThat(chart.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsOnly(RenderedChart.NAMESPACE);
        assertThat(chart.all(ClusterRoleBinding.class)).isEmpty();
    }

    @Test
    void watchesEveryNamespaceThroughOneClusterRole() {
        // given
        var values = EVERYWHERE;

        // when
        RenderedChart chart = RenderedChart.of(values);

        // then
        assertThat(chart.only(ClusterRoleBinding.class).getRoleRef().getName())
                .isEqualTo(RenderedChart.RELEASE);
        assertThat(chart.all(Role.class))
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactly(RenderedChart.NAMESPACE);
    }

    @ParameterizedTest
    @MethodSource("installations")
    void grantsNoWildcardAndNothingDangerous(Map<String, String> values) {
        // given
        RenderedChart chart = RenderedChart.of(values);

        // when
        List<PolicyRule> rules = chart.operatorRules();

        // then
        assertThat(rules)
                .isNotEmpty()
                .allSatisfy(rule -> {
                    assertThat(rule.getVerbs())
                            .doesNotContain("*", "deletecollection")
                            .doesNotContain("escalate", "bind", "impersonate");
                    assertThat(rule.getApiGroups()).doesNotContain("*");
                    assertThat(rule.getResources())
                            .doesNotContain("*", "secrets", "nodes", "namespaces")
                            .doesNotContain("pods/exec", "pods/attach", "pods/proxy")
                            .doesNotContain("serviceaccounts", "serviceaccounts/token");
                    assertThat(rule.getNonResourceURLs()).isEmpty();
                });
    }

    @ParameterizedTest
    @MethodSource("installations")
    void deletesNothingButWhatTheSpecCanDoWithout(Map<String, String> values) {
        // given
        RenderedChart chart = RenderedChart.of(values);

        // when
        var deleting =
                chart.operatorRules().stream().filter(rule -> rule.getVerbs().contains("delete"));

        // then
        assertThat(deleting)
                .isNotEmpty()
                .allSatisfy(
                        rule -> assertThat(rule.getResources()).containsExactly("networkpolicies"));
    }

    @ParameterizedTest
    @MethodSource("installations")
    void neverLetsTheOperatorWriteASpec(Map<String, String> values) {
        // given
        RenderedChart chart = RenderedChart.of(values);

        // when
        var rules =
                chart.operatorRules().stream()
                        .filter(rule -> rule.getResources().contains("facefusionclusters"));

        // then
        assertThat(rules)
                .isNotEmpty()
                .allSatisfy(rule ->
                        assertThat(rule.getVerbs())
                                .containsExactlyInAnyOrder("get", "list", "watch"));
    }

    @Test
    void bindsTheElectionToItsOwnLease() {
        // given
        RenderedChart chart = RenderedChart.of(EVERYWHERE);

        // when
        var changing =
                chart.operatorRules().stream()
                        .filter(rule -> rule.getResources().contains("leases"))
                        .filter(rule -> !rule.getVerbs().equals(List.of("create")));

        // then
        assertThat(changing)
                .isNotEmpty()
                .allSatisfy(rule ->
                        assertThat(rule.getResourceNames()).containsExactly("facefusion-operator"));
    }

    @Test
    void letsPeopleUseTheResourceThroughTheClustersOwnRoles() {
        // given
        RenderedChart chart = RenderedChart.of(EVERYWHERE);

        // when
        var aggregated =
                chart.all(ClusterRole.class).stream()
                        .filter(role -> !role.getMetadata().getName().equals(RenderedChart.RELEASE))
                        .flatMap(role -> role.getMetadata().getLabels().keySet().stream())
                        .filter(label -> label.contains("aggregate-to"));

        // then
        assertThat(aggregated)
                .containsExactlyInAnyOrder(
                        "rbac.authorization.k8s.io/aggregate-to-view",
                        "rbac.authorization.k8s.io/aggregate-to-edit",
                        "rbac.authorization.k8s.io/aggregate-to-admin");
    }

    static Stream<Map<String, String>> installations() {
        return Stream.of(EVERYWHERE, TWO_NAMESPACES);
    }
}
