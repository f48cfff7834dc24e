package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.OperatorRelease;
import dev.facefusion.tests.cluster.TestCluster;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class OperatorPermissionsE2E {
    private final TestCluster cluster;
    private final TestNamespace namespace;

    OperatorPermissionsE2E(TestCluster cluster, TestNamespace namespace) {
        this.cluster = cluster;
        this.namespace = namespace;
    }

    @AfterAll
    void watchEveryNamespaceAgain() {
        cluster.operator().install();
    }

    @ParameterizedTest
    @CsvSource({
        "get,    '',             secrets",
        "list,   '',             nodes",
        "create, '',             pods/exec",
        "delete, '',             pods",
        "delete, apps,           deployments",
        "patch,  facefusion.dev, facefusionclusters",
        "update, facefusion.dev, facefusionclusters",
    })
    void doNotReachBeyondItsTask(String verb, String group, String resource) {
        // given
        String anywhere = namespace.name();

        // when
        boolean allowed = allowed(verb, group, resource, anywhere);

        // then
        assertThat(allowed).isFalse();
    }

    @Test
    void endAtTheWatchedNamespace() {
        // given
        cluster.operator().watchOnly(namespace.name());

        // when
        Fleet watched = Fleet.create(namespace, "watched", 0);

        // then
        eventually(() -> assertThat(watched.deployment().get()).isNotNull());
        assertThat(allowed("create", "apps", "deployments", namespace.name())).isTrue();
        assertThat(allowed("create", "apps", "deployments", "default")).isFalse();
        assertThat(allowed("list", "facefusion.dev", "facefusionclusters", "default")).isFalse();
    }

    private boolean allowed(String verb, String group, String resource, String where) {
        String[] path = resource.split("/", 2);
        var review =
                new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(
                                "system:serviceaccount:%s:%s"
                                        .formatted(OperatorRelease.NAMESPACE, OperatorRelease.NAME))
                        .withNewResourceAttributes()
                        .withNamespace(where)
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(path[0])
                        .withSubresource(path.length > 1 ? path[1] : "")
                        .endResourceAttributes()
                        .endSpec()
                        .build();
        return namespace
                .client()
                .authorization()
                .v1()
                .subjectAccessReview()
                .create(review)
                .getStatus()
                .getAllowed();
    }
}
