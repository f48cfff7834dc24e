package dev.facefusion.operator.decide;

import java.util.Optional;

/// The verdict on one pod.
public sealed interface PodHealth {
    record Serving() implements PodHealth {}

    /// Not up yet, and within its time.
    record Starting() implements PodHealth {}

    /// Finishes its work and takes no more.
    ///
    /// @param overdue why it should long have been gone, if it should
    record Draining(Optional<Reason> overdue) implements PodHealth {
        public Draining() {
            this(Optional.empty());
        }
    }

    /// Serves as far as the kubelet knows, and was not asked by this operator yet.
    record Unseen() implements PodHealth {}

    /// There is no evidence either way: nothing may be done about it.
    record Unknown() implements PodHealth {}

    /// Serves, and something about it is not as it should be.
    ///
    /// @param remedy whether the policy asks for more than a report
    record Ailing(Reason reason, Remedy remedy) implements PodHealth {}

    /// What the policy asks for where a pod still serves.
    enum Remedy {
        REPORT,
        TREAT
    }

    /// There is evidence that the pod does not work.
    record Faulty(Reason reason) implements PodHealth {}
}
