package dev.facefusion.runtime.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.facefusion.runtime.gpu.Gpu;
import dev.facefusion.runtime.gpu.ThrottleReason;
import dev.facefusion.runtime.gpu.XidClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One GPU, or one slice of a partitioned one, of a [HealthReport].
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GpuReport(
        int index,
        @Nullable String name,
        @Nullable Integer gpuUtilizationPercent,
        @Nullable Long gpuMemoryUsedMb,
        @Nullable Long gpuMemoryTotalMb,
        @Nullable String uuid,
        @Nullable Long processMemoryUsedMb,
        @Nullable Integer temperatureCelsius,
        @Nullable List<String> throttleReasons,
        @Nullable Long eccUncorrected,
        @Nullable Integer xidLast,
        @Nullable String xidLastClass,
        @Nullable Long gpuMemoryFreeMb,
        @Nullable Long gpuMemoryReservedMb,
        @Nullable Integer temperatureSlowdownCelsius,
        @Nullable Double powerWatts,
        @Nullable Double powerLimitWatts,
        @Nullable Integer smClockMhz,
        @Nullable Long eccCorrected,
        @Nullable Boolean remapPending,
        @Nullable Boolean remapFailed,
        @Nullable Integer computeProcesses,
        boolean lost,
        boolean resetRequired,
        @Nullable Mig mig) {

    private static final long MEBIBYTE = 1024L * 1024;

    /// Where a slice is.
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Mig(
            int parentIndex, @Nullable String parentUuid, @Nullable Integer gpuInstance) {}

    static GpuReport of(Gpu gpu) {
        var identity = gpu.identity();
        var memory = gpu.memory();
        var board = gpu.board();
        var errors = gpu.errors();
        return new GpuReport(
                identity.index(),
                identity.name(),
                gpu.utilizationPercent(),
                memory == null ? null : mebibytes(memory.used()),
                memory == null ? null : mebibytes(memory.total()),
                identity.uuid(),
                mebibytes(gpu.processMemoryBytes()),
                board.temperatureCelsius(),
                throttleReasons(board.throttleReasons()),
                errors.eccUncorrected(),
                errors.lastXid(),
                errors.lastXid() == null ? null : XidClass.of(errors.lastXid()).id(),
                memory == null ? null : mebibytes(memory.free()),
                memory == null ? null : mebibytes(memory.reserved()),
                board.slowdownCelsius(),
                board.powerWatts(),
                board.powerLimitWatts(),
                board.smClockMegahertz(),
                errors.eccCorrected(),
                errors.remapPending(),
                errors.remapFailed(),
                gpu.computeProcesses(),
                gpu.state() == Gpu.State.LOST,
                gpu.state() == Gpu.State.RESET_REQUIRED,
                mig(identity.slice()));
    }

    private static @Nullable Mig mig(Gpu.@Nullable Slice slice) {
        return slice == null
                ? null
                : new Mig(slice.parentIndex(), slice.parentUuid(), slice.gpuInstance());
    }

    private static @Nullable List<String> throttleReasons(@Nullable List<ThrottleReason> reasons) {
        return reasons == null ? null : reasons.stream().map(ThrottleReason::id).toList();
    }

    private static @Nullable Long mebibytes(@Nullable Long bytes) {
        return bytes == null ? null : bytes / MEBIBYTE;
    }
}
