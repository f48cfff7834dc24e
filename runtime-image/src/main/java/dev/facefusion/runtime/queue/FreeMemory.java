package dev.facefusion.runtime.queue;

import java.util.OptionalLong;

/// How much memory is free now, where it is known. Asked for every task: it must not block.
@FunctionalInterface
public interface FreeMemory {

    /// Bytes of the device that the models run on; empty where there is none, or where it does not
    /// tell. With several devices: of the one with the least.
    OptionalLong deviceBytes();
}
