package dev.facefusion.crds.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// A fleet of inference pods that swap faces, kept as its spec says by the operator.
@Group(FaceFusionCluster.GROUP)
@Version(FaceFusionCluster.VERSION)
@Kind("FaceFusionCluster")
@ShortNames("ffc")
@Categories("facefusion")
@AdditionalPrinterColumn(
        name = "DESIRED",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.desiredReplicas")
@AdditionalPrinterColumn(
        name = "READY",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.readyReplicas")
@AdditionalPrinterColumn(
        name = "VRAM%",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.fleet.vramUsedPercentMax")
@AdditionalPrinterColumn(
        name = "QUEUE",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.fleet.queuedTasks")
@AdditionalPrinterColumn(
        name = "STATUS",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(
        name = "AGE",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "DRAINING",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.drainingReplicas",
        priority = 1)
@AdditionalPrinterColumn(
        name = "QUARANTINED",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.quarantinedReplicas",
        priority = 1)
@AdditionalPrinterColumn(
        name = "UNKNOWN",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.unknownReplicas",
        priority = 1)
@AdditionalPrinterColumn(
        name = "GPUS",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.fleet.gpus",
        priority = 1)
@AdditionalPrinterColumn(
        name = "LATENCY(MS)",
        type = AdditionalPrinterColumn.Type.INTEGER,
        jsonPath = ".status.fleet.inferenceMillisecondsP95",
        priority = 1)
@AdditionalPrinterColumn(
        name = "SCALING",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".spec.scaling.mode",
        priority = 1)
public final class FaceFusionCluster
        extends CustomResource<FaceFusionClusterSpec, FaceFusionClusterStatus>
        implements Namespaced {
    public static final String GROUP = "facefusion.dev";
    public static final String VERSION = "v1alpha1";

    /// The `status.observedGeneration` of a resource that no operator has looked at yet.
    public static final long UNOBSERVED = -1;
}
