package dev.facefusion.runtime.gpu;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Why a GPU's clock is below its highest, as bits of NVML's answer. Idleness, which holds down no
/// work, is not among them.
public enum ThrottleReason {
    APPLICATIONS_CLOCKS_SETTING(0x2, false),
    SW_POWER_CAP(0x4, false),
    HW_SLOWDOWN(0x8, false),
    SYNC_BOOST(0x10, false),
    SW_THERMAL_SLOWDOWN(0x20, true),
    HW_THERMAL_SLOWDOWN(0x40, true),
    HW_POWER_BRAKE_SLOWDOWN(0x80, true),
    DISPLAY_CLOCK_SETTING(0x100, false);

    private final long bit;
    private final boolean emergency;

    ThrottleReason(long bit, boolean emergency) {
        this.bit = bit;
        this.emergency = emergency;
    }

    /// As `nvidia-smi` calls it, in reports and metrics.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Those whose bits are set; a bit that is not known is left out.
    static List<ThrottleReason> of(long bits) {
        return Arrays.stream(values()).filter(reason -> (bits & reason.bit) != 0).toList();
    }

    /// True if the card protects itself from heat or from a failing power supply, which a person
    /// must see to; the others are settings, or a limit that it is meant to work at.
    boolean emergency() {
        return emergency;
    }
}
