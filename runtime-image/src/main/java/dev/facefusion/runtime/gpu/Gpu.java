package dev.facefusion.runtime.gpu;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One GPU, or one slice of a partitioned GPU, at one moment. What its driver does not tell is
/// `null`.
///
/// @param memory of the GPU, or of the slice
/// @param utilizationPercent share of the last sample period in which a kernel ran; `null` for a
///   slice, where the driver does not measure it
/// @param processMemoryBytes what this process holds; `null` unless it can be told apart
/// @param computeProcesses on the GPU, as far as they are visible to us
public record Gpu(
        Identity identity,
        State state,
        @Nullable Memory memory,
        @Nullable Integer utilizationPercent,
        @Nullable Long processMemoryBytes,
        @Nullable Integer computeProcesses,
        Board board,
        Errors errors) {

    /// Whether the driver still reaches it.
    public enum State {
        /// It answers.
        PRESENT,
        /// It answers, and says that it must be reset before it computes again.
        RESET_REQUIRED,
        /// It fell off the bus, or is not there any more.
        LOST
    }

    /// What never changes.
    ///
    /// @param index place in the list, from 0
    /// @param uuid such as `GPU-…` or `MIG-…`
    /// @param slice `null` for a whole GPU
    public record Identity(
            int index, @Nullable String uuid, @Nullable String name, @Nullable Slice slice) {

        /// The UUID of the whole GPU.
        @Nullable String cardUuid() {
            return slice == null ? uuid : slice.parentUuid();
        }

        /// The same at another place in the list.
        Identity at(int place) {
            return new Identity(place, uuid, name, slice);
        }
    }

    /// Where a slice (MIG device) is.
    ///
    /// @param parentIndex of the GPU among the GPUs
    /// @param parentUuid of the GPU
    /// @param gpuInstance number of the slice as `nvidia-smi mig` shows it
    public record Slice(
            int parentIndex, @Nullable String parentUuid, @Nullable Integer gpuInstance) {}

    /// In bytes. `used` is what processes hold: neither free nor kept by the driver.
    ///
    /// @param reserved kept by driver and firmware; `null` where the driver counts it as used
    public record Memory(long total, long used, long free, @Nullable Long reserved) {}

    /// The card, which all of its slices share.
    ///
    /// @param slowdownCelsius where the card begins to slow itself down
    /// @param throttleReasons why the clock is held down, idleness aside; `null` if unknown
    /// @param overheated true when heat has held the clock down for more than a minute
    public record Board(
            @Nullable Integer temperatureCelsius,
            @Nullable Integer slowdownCelsius,
            @Nullable Double powerWatts,
            @Nullable Double powerLimitWatts,
            @Nullable Integer smClockMegahertz,
            @Nullable List<ThrottleReason> throttleReasons,
            boolean overheated) {

        public static final Board UNKNOWN = new Board(null, null, null, null, null, null, false);
    }

    /// Errors of the memory and those that the driver has reported.
    ///
    /// @param eccCorrected since the driver was loaded
    /// @param eccUncorrected since the driver was loaded
    /// @param remapPending true if a bad row waits for a reset to be replaced
    /// @param remapFailed true if a bad row could not be replaced
    /// @param xids how often each Xid was reported since this process began to listen
    /// @param lastXid the last of them
    public record Errors(
            @Nullable Long eccCorrected,
            @Nullable Long eccUncorrected,
            @Nullable Boolean remapPending,
            @Nullable Boolean remapFailed,
            Map<Integer, Long> xids,
            @Nullable Integer lastXid) {

        public static final Errors UNKNOWN = new Errors(null, null, null, null, Map.of(), null);

        public Errors {
            xids = Map.copyOf(xids);
        }

        /// Those of a GPU of which nothing else is known.
        static Errors reported(XidCount xids) {
            return new Errors(null, null, null, null, xids.counts(), xids.last());
        }

        /// True if memory is known to be bad until the card is reset or replaced.
        public boolean memoryBad() {
            return (eccUncorrected != null && eccUncorrected > 0)
                    || Boolean.TRUE.equals(remapPending)
                    || Boolean.TRUE.equals(remapFailed);
        }

        /// True if the driver has reported a fault of the bus, the links or the firmware.
        public boolean hardwareFailed() {
            return xids.keySet().stream().anyMatch(xid -> XidClass.of(xid) == XidClass.HARDWARE);
        }
    }

    /// One that is not reached any more.
    static Gpu lost(Identity identity, Errors errors) {
        return new Gpu(identity, State.LOST, null, null, null, null, Board.UNKNOWN, errors);
    }

    /// The same GPU in another state.
    Gpu in(State now) {
        return new Gpu(
                identity,
                now,
                memory,
                utilizationPercent,
                processMemoryBytes,
                computeProcesses,
                board,
                errors);
    }

    /// The same GPU with nothing known but what never changes.
    Gpu forgotten() {
        return new Gpu(identity, state, null, null, null, null, Board.UNKNOWN, Errors.UNKNOWN);
    }
}
