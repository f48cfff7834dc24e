package dev.facefusion.tests.simulation;

import java.util.function.Consumer;

/// Something that a pod was asked over its own port.
///
/// @param verb `drain` or `restart`
/// @param instance the instance that answered
public record Deed(SimulatedPod.Identity pod, String verb, String instance, int status) {
    /// Hears of every one, in the order of their answers.
    public interface Listener extends Consumer<Deed> {}
}
