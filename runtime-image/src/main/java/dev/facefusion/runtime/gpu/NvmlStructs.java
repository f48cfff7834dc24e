package dev.facefusion.runtime.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// The structures of `nvml.h` that the runtime reads: sizes and offsets in bytes.
final class NvmlStructs {

    /// `nvmlMemory_v2_t`. The version must be written before the call.
    record MemoryV2(long total, long reserved, long free) {

        static final long SIZE = 40;
        static final int VERSION = (int) SIZE | 2 << 24;

        static MemoryV2 read(MemorySegment at) {
            return new MemoryV2(at.get(JAVA_LONG, 8), at.get(JAVA_LONG, 16), at.get(JAVA_LONG, 24));
        }
    }

    /// `nvmlMemory_t`. What is reserved counts as used.
    record Memory(long total, long free) {

        static final long SIZE = 24;

        static Memory read(MemorySegment at) {
            return new Memory(at.get(JAVA_LONG, 0), at.get(JAVA_LONG, 8));
        }
    }

    /// `nvmlUtilization_t`, whose first number is that of the GPU.
    static final long UTILIZATION_SIZE = 8;

    /// `nvmlTemperature_v1_t`. Version and sensor must be written before the call.
    static final class Temperature {

        static final long SIZE = 12;
        static final int VERSION = (int) SIZE | 1 << 24;
        static final long CELSIUS = 8;

        private Temperature() {}
    }

    /// `nvmlProcessInfo_t` of versions 2 and 3.
    record ProcessInfo(int pid, long usedMemory) {

        static final long SIZE = 24;

        /// The driver does not know.
        static final long NOT_AVAILABLE = -1;

        static ProcessInfo read(MemorySegment all, int index) {
            var at = index * SIZE;
            return new ProcessInfo(all.get(JAVA_INT, at), all.get(JAVA_LONG, at + 8));
        }
    }

    /// `nvmlEventData_t`.
    ///
    /// @param data of an Xid its number
    record Event(MemorySegment device, long type, long data) {

        static final long SIZE = 32;
        static final long XID = 0x8;

        static Event read(MemorySegment at) {
            return new Event(at.get(ADDRESS, 0), at.get(JAVA_LONG, 8), at.get(JAVA_LONG, 16));
        }
    }

    private NvmlStructs() {}
}
