package dev.facefusion.runtime.gpu;

import java.util.Locale;

/// What an Xid, the number of an error that the driver reports, says about where the fault is.
/// After NVIDIA's Xid catalogue.
public enum XidClass {
    /// A fault of a program on the GPU, ours or a neighbour's: the program must start anew.
    APPLICATION,
    /// A fault of the memory: the GPU must be reset.
    MEMORY,
    /// A fault of the bus, the links or the firmware: the node needs a person.
    HARDWARE,
    /// Any other.
    OTHER;

    public static XidClass of(int xid) {
        return switch (xid) {
            case 13, 31, 43, 45 -> APPLICATION;
            case 48, 63, 64, 94, 95 -> MEMORY;
            case 74, 79, 119, 120, 154 -> HARDWARE;
            default -> OTHER;
        };
    }

    /// As reports write it.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
