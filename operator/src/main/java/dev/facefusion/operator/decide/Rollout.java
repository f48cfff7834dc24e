package dev.facefusion.operator.decide;

/// How far the workload is on its way to what the spec asks.
public sealed interface Rollout {
    record Complete() implements Rollout {}

    /// A person has stopped it; what runs goes on as it is.
    record Paused() implements Rollout {}

    record Progressing() implements Rollout {}

    /// Needs a person, or a bigger cluster.
    record Stuck(Reason reason) implements Rollout {}
}
