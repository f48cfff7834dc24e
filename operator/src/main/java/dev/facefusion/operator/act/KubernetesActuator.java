package dev.facefusion.operator.act;

import dev.facefusion.operator.act.Outcome.Done;
import dev.facefusion.operator.act.Outcome.NameConflict;
import dev.facefusion.operator.act.Outcome.Postponed;
import dev.facefusion.operator.act.Outcome.Rejected;
import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.Action.Apply;
import dev.facefusion.operator.decide.Action.Avoid;
import dev.facefusion.operator.decide.Action.StopAvoiding;
import dev.facefusion.operator.decide.Part;
import dev.facefusion.operator.desired.Fingerprint;
import dev.facefusion.operator.desired.Workload;
import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Acts by server-side apply. Only an object that the cluster owns is ever changed: a look at the
/// API server itself, not at a cache, comes before each write, and the write is bound to what was
/// seen.
public final class KubernetesActuator implements Actuator {
    private static final Logger log = LoggerFactory.getLogger(KubernetesActuator.class);
    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final String fieldManager;
    private final PodActuator pods;

    public KubernetesActuator(KubernetesClient client, String fieldManager, PodActuator pods) {
        this.client = client;
        this.fieldManager = fieldManager;
        this.pods = pods;
    }

    @Override
    public Outcome apply(Owner owner, Workload workload, Action action) {
        return switch (action) {
            case Apply(Part part) ->
                    workload.part(part)
                            .map(desired -> attempt(desired.getKind(), () -> applyIfOurs(desired)))
                            .orElseGet(() ->
                                    attempt(
                                            part.kind(),
                                            () -> removePolicy(workload.deployment())));
            case Action.OnPod onPod -> pods.apply(owner, onPod);
            case Avoid(var nodeName, var until) -> pods.avoid(owner, nodeName, until);
            case StopAvoiding(var node) -> pods.stopAvoiding(owner, node);
        };
    }

    private static Outcome attempt(String kind, Supplier<Outcome> action) {
        try {
            return action.get();
        } catch (KubernetesClientException e) {
            if (NamespaceDeletion.forbids(e)) {
                return new Postponed();
            }
            if (e.getCode() == UNPROCESSABLE || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
                return new Rejected(kind, ApiError.reason(e));
            }
            throw new ActionFailedException(
                    "Applying the %s failed: %s".formatted(kind, ApiError.reason(e)), e);
        }
    }

    private <T extends HasMetadata> Outcome applyIfOurs(T desired) {
        var live = client.resource(desired).get();
        if (live == null) {
            return create(desired);
        }
        if (siblings(live, desired)) {
            return update(desired, live);
        }
        var us = controller(desired).orElseThrow();
        return controller(live).filter(reference -> namesake(reference, us)).isPresent()
                ? new Postponed()
                : new NameConflict(desired.getKind(), desired.getMetadata().getName());
    }

    /// Unforced: if somebody creates an object of that name right now, theirs is not overwritten.
    private Outcome create(HasMetadata desired) {
        client.resource(desired).fieldManager(fieldManager).serverSideApply();
        return done(desired);
    }

    /// Bound to the very object that was seen to be ours; nothing where a cache has only been
    /// behind.
    private <T extends HasMetadata> Outcome update(T desired, HasMetadata live) {
        if (Fingerprint.matches(live, desired)) {
            return new Done();
        }
        var bound = Serialization.clone(desired);
        bound.getMetadata().setUid(live.getMetadata().getUid());
        client.resource(bound).fieldManager(fieldManager).forceConflicts().serverSideApply();
        return done(desired);
    }

    /// No part but this is ever unwanted; a stranger's is left alone. Bound to what was seen.
    private Outcome removePolicy(Deployment sibling) {
        var metadata = sibling.getMetadata();
        var live =
                client.network()
                        .v1()
                        .networkPolicies()
                        .inNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .get();
        if (live != null && siblings(live, sibling)) {
            client.resource(live).lockResourceVersion().delete();
            log("Removed", live);
        }
        return new Done();
    }

    private static Outcome done(HasMetadata applied) {
        log("Applied", applied);
        return new Done();
    }

    private static void log(String what, HasMetadata applied) {
        log.atInfo()
                .addKeyValue("namespace", applied.getMetadata().getNamespace())
                .addKeyValue("name", applied.getMetadata().getName())
                .addKeyValue("kind", applied.getKind())
                .log(what);
    }

    private static Optional<OwnerReference> controller(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .filter(reference -> Boolean.TRUE.equals(reference.getController()))
                .findFirst();
    }

    private static boolean siblings(HasMetadata one, HasMetadata other) {
        var owner = controller(other).orElseThrow();
        return controller(one)
                .filter(reference -> reference.getUid().equals(owner.getUid()))
                .isPresent();
    }

    private static boolean namesake(OwnerReference reference, OwnerReference us) {
        return reference.getKind().equals(us.getKind())
                && reference.getApiVersion().equals(us.getApiVersion())
                && reference.getName().equals(us.getName());
    }
}
