package dev.facefusion.runtime.queue;

import dev.facefusion.runtime.drift.SelfTestResult.Fault;

/// An engine does not make of the golden sample what its models should.
public final class UnfitEngineException extends RuntimeException {

    UnfitEngineException(Fault fault) {
        super(
                "The models do not make of the golden sample what they should: %s. Restore them, or the sample's expected picture."
                        .formatted(fault));
    }
}
