package dev.facefusion.operator.act;

import dev.facefusion.operator.act.Outcome.Done;
import dev.facefusion.operator.act.Outcome.Refused;
import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.Action.Discard;
import dev.facefusion.operator.decide.Action.Drain;
import dev.facefusion.operator.decide.Action.Evict;
import dev.facefusion.operator.decide.Action.Quarantine;
import dev.facefusion.operator.decide.Action.Release;
import dev.facefusion.operator.decide.Action.Restart;
import dev.facefusion.operator.decide.Action.ReturnToService;
import dev.facefusion.operator.decide.Action.SetDeletionCost;
import dev.facefusion.operator.decide.Action.TakeOutOfService;
import dev.facefusion.operator.decide.AvoidedNode;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.desired.Placeholder;
import dev.facefusion.operator.desired.PodPatch;
import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.Eviction;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Acts on single pods. Every write carries the pod's UID, so that a namesake is never touched; a
/// pod that is gone is as good as done.
public final class PodActuator {
    private static final Logger log = LoggerFactory.getLogger(PodActuator.class);
    private static final Set<Integer> GONE =
            Set.of(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_CONFLICT);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final PodCommands commands;
    private final String placeholderImage;
    private final Clock clock;

    /// Acts through the API server, and through the pods themselves.
    ///
    /// @param placeholderImage of the pods that keep others off a node
    public PodActuator(
            KubernetesClient client, PodCommands commands, String placeholderImage, Clock clock) {
        this.client = client;
        this.commands = commands;
        this.placeholderImage = placeholderImage;
        this.clock = clock;
    }

    Outcome apply(Owner owner, Action.OnPod action) {
        return unlessGone(
                () -> attempt(owner, action),
                "%s of pod %s".formatted(action.getClass().getSimpleName(), action.pod().name()));
    }

    Outcome avoid(Owner owner, String nodeName, Instant until) {
        var placeholder = Placeholder.of(owner, nodeName, until, clock.instant(), placeholderImage);
        return unlessGone(
                () -> {
                    client.resource(placeholder).create();
                    log.atInfo()
                            .addKeyValue("namespace", owner.namespace())
                            .addKeyValue("node", nodeName)
                            .log("Keeping new pods off a node");
                    return new Done();
                },
                "Avoiding node " + nodeName);
    }

    Outcome stopAvoiding(Owner owner, AvoidedNode node) {
        return unlessGone(
                () -> evict(owner, node.placeholder()), "No longer avoiding " + node.nodeName());
    }

    /// A conflict says that another pod has the name, or that a placeholder is there already.
    private static Outcome unlessGone(Supplier<Outcome> attempt, String what) {
        try {
            return attempt.get();
        } catch (KubernetesClientException e) {
            if (GONE.contains(e.getCode())) {
                return new Done();
            }
            if (NamespaceDeletion.forbids(e)) {
                return new Outcome.Postponed();
            }
            throw new ActionFailedException("%s failed: %s".formatted(what, ApiError.reason(e)), e);
        }
    }

    private Outcome attempt(Owner owner, Action.OnPod action) {
        return switch (action) {
            case TakeOutOfService(var pod) -> patch(owner, pod, PodPatch.outOfService(pod.uid()));
            case ReturnToService(var pod) -> patch(owner, pod, PodPatch.inService(pod.uid()));
            case Quarantine(var pod, var reason, var at) ->
                    patch(owner, pod, PodPatch.quarantined(pod.uid(), owner, reason.code(), at));
            case Release(var pod) -> patch(owner, pod, PodPatch.released(pod.uid()));
            case SetDeletionCost(var pod, var cost) ->
                    patch(owner, pod, PodPatch.deletionCost(pod.uid(), cost));
            case Evict(var pod) -> evict(owner, pod);
            case Discard(var pod) -> evict(owner, pod);
            case Drain(var pod, var instance) -> {
                commands.drain(pod, instance);
                yield new Done();
            }
            case Restart(var pod, var instance) -> {
                commands.restart(pod, instance);
                yield new Done();
            }
        };
    }

    private Outcome patch(Owner owner, PodRef pod, String patch) {
        resource(owner, pod).patch(MERGE, patch);
        log.atInfo()
                .addKeyValue("namespace", owner.namespace())
                .addKeyValue("pod", pod.name())
                .addKeyValue("patch", patch)
                .log("Patched a pod");
        return new Done();
    }

    /// An eviction, unlike a deletion, can't be refused but by a disruption budget, and needs no
    /// right to delete.
    Outcome evict(Owner owner, PodRef pod) {
        var eviction =
                new EvictionBuilder()
                        .withNewMetadata()
                        .withName(pod.name())
                        .withNamespace(owner.namespace())
                        .endMetadata()
                        .withDeleteOptions(
                                new DeleteOptionsBuilder()
                                        .withNewPreconditions()
                                        .withUid(pod.uid())
                                        .endPreconditions()
                                        .build())
                        .build();
        boolean evicted = evict(resource(owner, pod), eviction);
        log.atInfo()
                .addKeyValue("namespace", owner.namespace())
                .addKeyValue("pod", pod.name())
                .addKeyValue("evicted", evicted)
                .log("Asked for a pod's eviction");
        return evicted ? new Done() : new Refused(pod);
    }

    private static boolean evict(PodResource pod, Eviction eviction) {
        try {
            return pod.evict(eviction);
        } catch (KubernetesClientException e) {
            // So the API server says that several budgets cover the pod: it can't tell whose word
            // counts.
            if (e.getCode() == HttpURLConnection.HTTP_INTERNAL_ERROR
                    && ApiError.reason(e).contains("PodDisruptionBudget")) {
                return false;
            }
            throw e;
        }
    }

    private PodResource resource(Owner owner, PodRef pod) {
        return client.pods().inNamespace(owner.namespace()).withName(pod.name());
    }
}
