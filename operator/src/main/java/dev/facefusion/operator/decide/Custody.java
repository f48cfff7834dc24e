package dev.facefusion.operator.decide;

/// Whether a pod takes traffic as far as its labels say, and what a person asks for it.
///
/// @param inService whether the Service selects it
/// @param request what a person has written on it
public record Custody(boolean inService, Request request) {
    public static final Custody IN_SERVICE = new Custody(true, Request.NONE);

    /// What a person asks for by an annotation on the pod.
    public enum Request {
        NONE,
        DRAIN,
        QUARANTINE
    }
}
