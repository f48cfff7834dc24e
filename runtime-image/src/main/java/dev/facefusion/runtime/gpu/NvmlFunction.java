package dev.facefusion.runtime.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;

/// The functions of NVML that the runtime calls. Each returns an [NvmlReturn]; no driver has all of
/// them. A device comes first where a function is about one; what is asked for is written to the
/// addresses at the end.
enum NvmlFunction {
    INIT("nvmlInit_v2"),
    DEVICE_COUNT("nvmlDeviceGetCount_v2", ADDRESS),
    DEVICE_BY_INDEX("nvmlDeviceGetHandleByIndex_v2", JAVA_INT, ADDRESS),
    NAME("nvmlDeviceGetName", ADDRESS, ADDRESS, JAVA_INT),
    UUID("nvmlDeviceGetUUID", ADDRESS, ADDRESS, JAVA_INT),
    MEMORY_V2("nvmlDeviceGetMemoryInfo_v2", ADDRESS, ADDRESS),
    MEMORY("nvmlDeviceGetMemoryInfo", ADDRESS, ADDRESS),
    UTILIZATION("nvmlDeviceGetUtilizationRates", ADDRESS, ADDRESS),
    // gone from the newest drivers, which have the one below
    TEMPERATURE("nvmlDeviceGetTemperature", ADDRESS, JAVA_INT, ADDRESS),
    TEMPERATURE_V("nvmlDeviceGetTemperatureV", ADDRESS, ADDRESS),
    TEMPERATURE_THRESHOLD("nvmlDeviceGetTemperatureThreshold", ADDRESS, JAVA_INT, ADDRESS),
    POWER("nvmlDeviceGetPowerUsage", ADDRESS, ADDRESS),
    POWER_LIMIT("nvmlDeviceGetEnforcedPowerLimit", ADDRESS, ADDRESS),
    CLOCK("nvmlDeviceGetClockInfo", ADDRESS, JAVA_INT, ADDRESS),
    CLOCK_REASONS("nvmlDeviceGetCurrentClocksEventReasons", ADDRESS, ADDRESS),
    // the older name
    THROTTLE_REASONS("nvmlDeviceGetCurrentClocksThrottleReasons", ADDRESS, ADDRESS),
    ECC_ERRORS("nvmlDeviceGetTotalEccErrors", ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
    REMAPPED_ROWS("nvmlDeviceGetRemappedRows", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS),
    PROCESSES("nvmlDeviceGetComputeRunningProcesses_v3", ADDRESS, ADDRESS, ADDRESS),
    PROCESSES_V2("nvmlDeviceGetComputeRunningProcesses_v2", ADDRESS, ADDRESS, ADDRESS),
    MIG_MODE("nvmlDeviceGetMigMode", ADDRESS, ADDRESS, ADDRESS),
    MIG_COUNT("nvmlDeviceGetMaxMigDeviceCount", ADDRESS, ADDRESS),
    MIG_BY_INDEX("nvmlDeviceGetMigDeviceHandleByIndex", ADDRESS, JAVA_INT, ADDRESS),
    GPU_INSTANCE("nvmlDeviceGetGpuInstanceId", ADDRESS, ADDRESS),
    EVENT_SET_CREATE("nvmlEventSetCreate", ADDRESS),
    EVENT_SET_FREE("nvmlEventSetFree", ADDRESS),
    EVENTS_REGISTER("nvmlDeviceRegisterEvents", ADDRESS, JAVA_LONG, ADDRESS),
    EVENT_WAIT("nvmlEventSetWait_v2", ADDRESS, ADDRESS, JAVA_INT);

    private final String symbol;

    @SuppressWarnings("ImmutableEnumChecker") // it is, and does not say so
    private final FunctionDescriptor descriptor;

    NvmlFunction(String symbol, MemoryLayout... arguments) {
        this.symbol = symbol;
        this.descriptor = FunctionDescriptor.of(JAVA_INT, arguments);
    }

    /// As the library exports it.
    String symbol() {
        return symbol;
    }

    FunctionDescriptor descriptor() {
        return descriptor;
    }
}
