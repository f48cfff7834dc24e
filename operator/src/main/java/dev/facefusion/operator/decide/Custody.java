package dev.facefusion.operator.decide;

/// Whether a pod takes traffic as far as its labels say, and what a person asks for it.
///
/// @param inService whether the Service selects it
/// @param request what a person has written on it
/// @param deletionCost how gladly it is given up; 0 where it bears none
public record Custody(boolean inService, Request request, int deletionCost) {
    public static final Custody IN_SERVICE = new Custody(true, Request.NONE, 0);

    /// What a person asks for by an annotation on the pod.
    public enum Request {
        NONE,
        DRAIN,
        QUARANTINE
    }
}
