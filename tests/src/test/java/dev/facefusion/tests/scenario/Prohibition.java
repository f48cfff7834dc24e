package dev.facefusion.tests.scenario;

import java.util.Set;

/// Something that must never be seen.
public sealed interface Prohibition {
    /// The operator says that it acts.
    ///
    /// @param action its name, or `any`
    record Acts(String action, Pods pods) implements Prohibition {}

    /// Something done to a pod or to the number of replicas, whatever is announced.
    ///
    /// @param deeds which
    record Deeds(Set<Sighting.Deed> deeds, Pods pods) implements Prohibition {
        public Deeds {
            deeds = Set.copyOf(deeds);
        }
    }

    record Condition(String type, String status) implements Prohibition {}

    record Unhealthy(Pods pods) implements Prohibition {}

    /// More than so many pods out of service at once.
    record OutOfService(int limit) implements Prohibition {}

    /// The number of replicas changing its direction more often.
    record Turns(int limit) implements Prohibition {}
}
