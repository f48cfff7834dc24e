package dev.facefusion.tests.e2e;

import static dev.facefusion.tests.cluster.Fleet.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.tests.cluster.ClusterTest;
import dev.facefusion.tests.cluster.Fleet;
import dev.facefusion.tests.cluster.OperatorRelease;
import dev.facefusion.tests.cluster.TestNamespace;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Drain and restart with tokens that the cluster itself has signed.
@ClusterTest
@TestInstance(Lifecycle.PER_CLASS)
class ManagementE2E {
    private static final String AUDIENCE = "facefusion-runtime";
    private static final long SHORTEST_SECONDS = 600; // the API server gives none for less

    private final TestNamespace namespace;
    private final Fleet fleet;

    ManagementE2E(TestNamespace namespace) {
        this.namespace = namespace;
        this.fleet = Fleet.create(namespace, "managed", 1);
    }

    @BeforeAll
    void awaitReady() {
        fleet.awaitReady();
        namespace.create(
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(OperatorRelease.NAME)
                        .endMetadata()
                        .build());
    }

    static Stream<Named<Function<TestNamespace, Optional<String>>>> strangers() {
        return Stream.of(
                Named.of("without a token", _ -> Optional.empty()),
                Named.of("with something else", _ -> Optional.of("operator")),
                Named.of(
                        "with the operator's token for the API server",
                        cluster ->
                                Optional.of(
                                        operatorToken(
                                                cluster,
                                                "https://kubernetes.default.svc.cluster.local"))),
                Named.of(
                        "with the operator's token for another service",
                        cluster -> Optional.of(operatorToken(cluster, "vault"))),
                Named.of(
                        "as another service account",
                        cluster ->
                                Optional.of(token(cluster, cluster.name(), "default", AUDIENCE))),
                Named.of(
                        "as one of the operator's name in another namespace",
                        cluster ->
                                Optional.of(
                                        token(
                                                cluster,
                                                cluster.name(),
                                                OperatorRelease.NAME,
                                                AUDIENCE))),
                Named.of(
                        "with the operator's token, its signature changed",
                        cluster -> Optional.of(altered(operatorToken(cluster, AUDIENCE)))),
                Named.of(
                        "with the operator's token, unsigned",
                        cluster ->
                                Optional.of(
                                        operatorToken(cluster, AUDIENCE)
                                                .replaceFirst("[^.]*$", ""))));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void isForNobodyElse(Function<TestNamespace, Optional<String>> token) {
        // given
        Pod pod = pod();

        try (var management = PodPort.management(namespace, pod)) {
            for (String path : new String[] {"/drain", "/restart"}) {

                // when
                var response = management.post(path, token.apply(namespace));

                // then
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(response.headers().firstValue("WWW-Authenticate"))
                        .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
            }
            assertThat(management.get("/ready").statusCode()).isEqualTo(200);
        }
        assertThat(status(pod()).getRestartCount()).isEqualTo(status(pod).getRestartCount());
    }

    @Test
    void keepsADrainedPodOutOfServiceUntilItIsRestarted() {
        // given
        var drained = Fleet.create(namespace, "drained", 1);
        drained.awaitReady();
        Pod before = drained.pods().getFirst();

        // when
        try (var management = PodPort.management(namespace, before)) {
            var response = management.post("/drain", operator());
            assertThat(response.statusCode()).isEqualTo(202);
            assertThat(response.body()).contains("\"restarting\":false");
            eventually(() ->
                    assertThat(management.get("/health").body())
                            .contains("\"status\":\"draining\"", "\"tasks_in_flight\":0"));
        }

        // then
        eventually(() -> {
            assertThat(servingEndpoints("drained")).isZero();
            assertThat(drained.status().drainingReplicas()).isEqualTo(1);
        });
        assertThat(status(drained.pods().getFirst()).getRestartCount()).isZero();

        // when
        try (var management = PodPort.management(namespace, before)) {
            assertThat(management.post("/restart", operator()).statusCode()).isEqualTo(202);
        }

        // then
        eventually(() -> {
            Pod after = drained.pods().getFirst();
            assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
            assertThat(status(after).getRestartCount()).isEqualTo(1);
            assertThat(status(after).getLastState().getTerminated().getExitCode()).isZero();
            assertThat(status(after).getReady()).isTrue();
        });
        eventually(() -> assertThat(servingEndpoints("drained")).isEqualTo(1));
    }

    @Test
    void finishesAfterItsRestartTheJobsThatItAcceptedBefore() {
        // given
        var employed = Fleet.create(namespace, "employed", 1);
        employed.awaitReady();
        Pod pod = employed.pods().getFirst();
        byte[] form = SwapForm.of(Photos.COLLINS.bytes(), Photos.HOPPER.bytes());
        List<String> jobs;
        try (var tasks = PodPort.tasks(namespace, pod)) {
            jobs =
                    IntStream.range(0, 10)
                            .mapToObj(_ -> tasks.post("/v1/jobs", SwapForm.CONTENT_TYPE, form))
                            .map(answer -> answer.headers().firstValue("Location").orElseThrow())
                            .toList();
        }

        // when
        try (var management = PodPort.management(namespace, pod)) {
            assertThat(management.post("/restart", operator()).statusCode()).isEqualTo(202);
        }

        // then
        eventually(() -> {
            var restarted = status(employed.pods().getFirst());
            assertThat(restarted.getRestartCount()).isOne();
            assertThat(restarted.getReady()).isTrue();
        });
        try (var tasks = PodPort.tasks(namespace, pod)) {
            eventually(() ->
                    assertThat(jobs)
                            .allSatisfy(job ->
                                    assertThat(tasks.get(job).body())
                                            .contains("\"state\":\"succeeded\"")));
        }
    }

    private Pod pod() {
        return fleet.pods().getFirst();
    }

    private static ContainerStatus status(Pod pod) {
        return pod.getStatus().getContainerStatuses().getFirst();
    }

    private long servingEndpoints(String service) {
        return namespace
                .client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace.name())
                .withLabels(Map.of("kubernetes.io/service-name", service))
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .map(Endpoint::getConditions)
                .filter(conditions -> Boolean.TRUE.equals(conditions.getReady()))
                .count();
    }

    private Optional<String> operator() {
        return Optional.of(operatorToken(namespace, AUDIENCE));
    }

    private static String operatorToken(TestNamespace cluster, String audience) {
        return token(cluster, OperatorRelease.NAMESPACE, OperatorRelease.NAME, audience);
    }

    /// As the kubelet would put it into a pod of the service account.
    private static String token(
            TestNamespace cluster, String namespace, String serviceAccount, String audience) {
        var request =
                new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(audience)
                        .withExpirationSeconds(SHORTEST_SECONDS)
                        .endSpec()
                        .build();
        return cluster.client()
                .serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(request)
                .getStatus()
                .getToken();
    }

    private static String altered(String token) {
        int place = token.length() - 10;
        char other = token.charAt(place) == 'A' ? 'B' : 'A';
        return token.substring(0, place) + other + token.substring(place + 1);
    }
}
