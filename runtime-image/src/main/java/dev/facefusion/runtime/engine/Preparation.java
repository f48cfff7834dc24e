package dev.facefusion.runtime.engine;

/// What came of looking at a video's sources.
public sealed interface Preparation {

    /// Frames may come.
    record Ready(FrameWork work) implements Preparation {}

    /// They need not.
    record Refused(SwapOutcome reason) implements Preparation {}
}
