package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.drift.QualityWatch;
import dev.facefusion.runtime.drift.SelfTest;
import java.util.Optional;

/// How workers see to it that their engines do what they should.
///
/// @param selfTest run by every worker after its engine's warm-up, and by one on demand; empty for
///   none
/// @param watch told of every result
public record Checks(Optional<SelfTest> selfTest, QualityWatch watch) {}
