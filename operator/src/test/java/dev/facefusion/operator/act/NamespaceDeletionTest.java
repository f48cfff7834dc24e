package dev.facefusion.operator.act;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class NamespaceDeletionTest {
    /// As Kubernetes 1.34 answers.
    private static final String TERMINATING =
            """
            {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
             "message": "services \\"a\\" is forbidden: unable to create new content in namespace b because it is being terminated",
             "reason": "Forbidden",
             "details": {"name": "a", "kind": "services", "causes": [
               {"reason": "NamespaceTerminating", "message": "namespace b is being terminated", "field": "metadata.namespace"}]},
             "code": 403}
            """;

    private static final String NO_RIGHT =
            """
            {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
             "message": "services \\"a\\" is forbidden: User \\"c\\" cannot patch resource \\"services\\"",
             "reason": "Forbidden", "details": {"name": "a", "kind": "services"}, "code": 403}
            """;

    @Test
    void knowsANamespaceThatIsBeingDeleted() {
        assertThat(NamespaceDeletion.forbids(refusal(TERMINATING))).isTrue();
    }

    @Test
    void takesAMissingRightForWhatItIs() {
        assertThat(NamespaceDeletion.forbids(refusal(NO_RIGHT))).isFalse();
    }

    @Test
    void readsNothingIntoAnUnreachableServer() {
        assertThat(NamespaceDeletion.forbids(new KubernetesClientException("timed out"))).isFalse();
    }

    private static KubernetesClientException refusal(String json) {
        return new KubernetesClientException(Serialization.unmarshal(json, Status.class));
    }
}
