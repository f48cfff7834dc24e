package dev.facefusion.operator.act;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes Kubernetes Events, where `kubectl describe` shows them.
public final class KubernetesEventPublisher implements EventPublisher {
    private static final Logger log = LoggerFactory.getLogger(KubernetesEventPublisher.class);
    private static final String CONTROLLER = "facefusion.dev/operator";
    private static final int MAX_NOTE_LENGTH = 1024;

    private final KubernetesClient client;
    private final String instance;
    private final Clock clock;

    /// @param instance the operator pod that speaks
    public KubernetesEventPublisher(KubernetesClient client, String instance, Clock clock) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public void publish(HasMetadata regarding, Notice notice) {
        var metadata = regarding.getMetadata();
        var event =
                new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(metadata.getNamespace())
                        .withGenerateName(metadata.getName() + "-")
                        .endMetadata()
                        .withNewRegarding()
                        .withApiVersion(regarding.getApiVersion())
                        .withKind(regarding.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .endRegarding()
                        .withType(notice.level().type())
                        .withReason(notice.reason())
                        .withAction(notice.action())
                        .withRelated(related(regarding, notice))
                        .withNote(shortened(notice.message()))
                        .withReportingController(CONTROLLER)
                        .withReportingInstance(instance)
                        .withEventTime(
                                new MicroTime(
                                        clock.instant().truncatedTo(ChronoUnit.MICROS).toString()))
                        .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            if (NamespaceDeletion.forbids(e)) {
                return;
            }
            log.atWarn()
                    .setCause(e)
                    .addKeyValue("namespace", metadata.getNamespace())
                    .addKeyValue("name", metadata.getName())
                    .addKeyValue("reason", notice.reason())
                    .log("Could not publish an event");
        }
    }

    private static @Nullable ObjectReference related(HasMetadata regarding, Notice notice) {
        return notice.pod().isEmpty()
                ? null
                : new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Pod")
                        .withNamespace(regarding.getMetadata().getNamespace())
                        .withName(notice.pod())
                        .build();
    }

    private static String shortened(String note) {
        return note.length() <= MAX_NOTE_LENGTH ? note : note.substring(0, MAX_NOTE_LENGTH);
    }
}
