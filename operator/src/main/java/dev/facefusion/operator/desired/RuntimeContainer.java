package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.Gpu;
import dev.facefusion.operator.desired.WorkloadSettings.Resources;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Lifecycle;
import io.fabric8.kubernetes.api.model.LifecycleBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// The one container of a pod.
public final class RuntimeContainer {
    public static final String NAME = "runtime";
    public static final int HEALTH_PORT = 8080;

    static final String API = "api";
    static final String HEALTH = "health";
    static final int API_PORT = 8000;

    /// Proxies need a moment to stop sending work to a pod that leaves.
    static final Duration ENDPOINT_GRACE = Duration.ofSeconds(5);

    private RuntimeContainer() {}

    static Container of(WorkloadSettings settings) {
        return new ContainerBuilder()
                .withName(NAME)
                .withImage(settings.image().reference())
                .withImagePullPolicy(settings.image().pullPolicy().orElse(null))
                .withPorts(port(API, API_PORT), port(HEALTH, HEALTH_PORT))
                .withEnv(RuntimeEnvironment.of(settings))
                .withResources(resources(settings.resources(), settings.gpu()))
                .withVolumeMounts(Volumes.mountsOf(settings))
                .withStartupProbe(Probes.startup(settings.timeouts().startup()))
                .withReadinessProbe(Probes.readiness())
                .withLivenessProbe(Probes.liveness())
                .withLifecycle(lifecycle())
                .withSecurityContext(securityContext())
                .build();
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }

    private static ResourceRequirements resources(Resources resources, Gpu gpu) {
        var limits = new TreeMap<>(resources.limits());
        if (gpu.count() > 0) {
            limits.put(gpu.resourceName(), new Quantity(Integer.toString(gpu.count())));
        }
        return new ResourceRequirementsBuilder()
                .withRequests(canonical(resources.requests()))
                .withLimits(canonical(limits))
                .build();
    }

    private static Map<String, Quantity> canonical(Map<String, Quantity> quantities) {
        var canonical = new TreeMap<String, Quantity>();
        quantities.forEach((name, quantity) -> canonical.put(name, Canonical.of(quantity)));
        return canonical;
    }

    private static Lifecycle lifecycle() {
        return new LifecycleBuilder()
                .withNewPreStop()
                .withNewSleep(ENDPOINT_GRACE.toSeconds())
                .endPreStop()
                .build();
    }

    private static SecurityContext securityContext() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
