package dev.facefusion.operator.decide;

/// What came of asking one pod for its health once.
public sealed interface Poll {
    /// The pod answered with a readable report.
    record Answered(HealthReport report) implements Poll {}

    /// Nothing listens: the process is down, which is the kubelet's to mend.
    record Refused() implements Poll {}

    /// The pod's address did not answer at all: the network may be at fault as well as the pod.
    record ConnectTimedOut() implements Poll {}

    /// The connection stood and no complete answer came in time.
    record ReadTimedOut() implements Poll {}

    /// The connection broke, or the answer bore an HTTP status without a report.
    record Failed(String detail) implements Poll {}

    /// The answer is not a health report.
    record Unreadable(String detail) implements Poll {}
}
