package dev.facefusion.operator.decide;

/// The verdict on one pod.
public sealed interface PodHealth {
    record Serving() implements PodHealth {}

    /// Not up yet, and within its time.
    record Starting() implements PodHealth {}

    /// Finishes its work and takes no more.
    record Draining() implements PodHealth {}

    /// Serves as far as the kubelet knows, and was not asked by this operator yet.
    record Unseen() implements PodHealth {}

    /// There is no evidence either way: nothing may be done about it.
    record Unknown() implements PodHealth {}

    /// There is evidence that the pod does not work.
    record Faulty(Reason reason) implements PodHealth {}
}
