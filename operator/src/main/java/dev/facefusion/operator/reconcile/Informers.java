package dev.facefusion.operator.reconcile;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.desired.Labels;
import dev.facefusion.operator.observe.LiveObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Watches what belongs to clusters, and nothing else: every watch has a label selector.
final class Informers {
    private Informers() {}

    static Stream<EventSource<?, FaceFusionCluster>> of(
            EventSourceContext<FaceFusionCluster> context) {
        return Stream.of(
                owned(Deployment.class, context),
                owned(Service.class, context),
                owned(PodDisruptionBudget.class, context),
                owned(NetworkPolicy.class, context),
                labelled(Pod.class, Labels.CLUSTER, Informers::labelledCluster, context));
    }

    static LiveObjects live(Context<FaceFusionCluster> context) {
        return new LiveObjects(
                context.getSecondaryResource(Deployment.class),
                context.getSecondaryResource(Service.class),
                context.getSecondaryResource(PodDisruptionBudget.class),
                context.getSecondaryResource(NetworkPolicy.class),
                List.copyOf(context.getSecondaryResources(Pod.class)));
    }

    /// A pod's owner is a ReplicaSet, which is not watched.
    private static Set<ResourceID> labelledCluster(Pod pod) {
        var metadata = pod.getMetadata();
        return Set.of(
                new ResourceID(metadata.getLabels().get(Labels.CLUSTER), metadata.getNamespace()));
    }

    private static <R extends HasMetadata> EventSource<R, FaceFusionCluster> owned(
            Class<R> type, EventSourceContext<FaceFusionCluster> context) {
        return labelled(
                type,
                Labels.MANAGED_BY + "=" + Labels.OPERATOR,
                Mappers.fromOwnerReferences(FaceFusionCluster.class),
                context);
    }

    private static <R extends HasMetadata> EventSource<R, FaceFusionCluster> labelled(
            Class<R> type,
            String selector,
            SecondaryToPrimaryMapper<R> mapper,
            EventSourceContext<FaceFusionCluster> context) {
        var configuration =
                InformerEventSourceConfiguration.from(type, FaceFusionCluster.class)
                        .withLabelSelector(selector)
                        .withSecondaryToPrimaryMapper(mapper)
                        .build();
        return new InformerEventSource<>(configuration, context);
    }
}
