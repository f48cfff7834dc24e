package dev.facefusion.runtime.gpu;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One thread's calls of NVML, with a window for others to see in which of them it is.
final class NvmlCaller {

    private final Nvml nvml;
    private final LongSupplier nanoTime;
    private volatile @Nullable Inside inside;

    /// The call in which the thread is.
    ///
    /// @param since of the clock that only runs forward
    record Inside(NvmlFunction function, long since) {}

    NvmlCaller(Nvml nvml, LongSupplier nanoTime) {
        this.nvml = nvml;
        this.nanoTime = nanoTime;
    }

    /// See [Nvml#call].
    int call(NvmlFunction function, Object... arguments) {
        inside = new Inside(function, nanoTime.getAsLong());
        try {
            return nvml.call(function, arguments);
        } finally {
            inside = null;
        }
    }

    /// The same for what nothing goes without.
    ///
    /// @throws NvmlException if it fails
    void require(NvmlFunction function, Object... arguments) {
        var code = call(function, arguments);
        if (code != NvmlReturn.SUCCESS) {
            throw new NvmlException(function, code);
        }
    }

    /// `null` between calls.
    @Nullable Inside inside() {
        return inside;
    }
}
