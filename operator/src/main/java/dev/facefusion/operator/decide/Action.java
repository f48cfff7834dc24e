package dev.facefusion.operator.decide;

import java.time.Instant;

/// One change to make in the cluster. Doing it twice is doing it once.
public sealed interface Action {
    /// Make this part of the workload as the spec asks; take it away where the spec asks for none.
    record Apply(Part part) implements Action {}

    /// About one pod; nothing where the pod of that name has another UID by now.
    sealed interface OnPod extends Action {
        PodRef pod();
    }

    /// Take it out of the Service.
    record TakeOutOfService(PodRef pod) implements OnPod {}

    record ReturnToService(PodRef pod) implements OnPod {}

    /// Tell this run of its process to take no more work and to finish what it has.
    record Drain(PodRef pod, String instance) implements OnPod {}

    /// Tell this run of its process to drain and to end, so that the kubelet starts another.
    record Restart(PodRef pod, String instance) implements OnPod {}

    /// Evict it, within its disruption budget.
    record Evict(PodRef pod) implements OnPod {}

    /// Out of its ReplicaSet and kept, with its node avoided.
    record Quarantine(PodRef pod, Reason reason, Instant at) implements OnPod {}

    /// From quarantine back into its ReplicaSet and into service.
    record Release(PodRef pod) implements OnPod {}

    /// Delete it: its quarantine is over.
    record Discard(PodRef pod) implements OnPod {}

    /// Say how gladly it is given up when the fleet shrinks; lower goes first.
    record SetDeletionCost(PodRef pod, int cost) implements OnPod {}

    /// Keep new replicas off a node until then.
    record Avoid(String nodeName, Instant until) implements Action {}

    /// Let replicas onto a node again.
    record StopAvoiding(AvoidedNode node) implements Action {}
}
