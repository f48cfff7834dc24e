package dev.facefusion.runtime.gpu;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Xids of one GPU.
///
/// @param counts how often each was reported
/// @param last `null` before the first
record XidCount(Map<Integer, Long> counts, @Nullable Integer last) {

    static final XidCount NONE = new XidCount(Map.of(), null);

    XidCount {
        counts = Map.copyOf(counts);
    }

    /// With one more.
    XidCount and(int xid) {
        var more = new HashMap<>(counts);
        more.merge(xid, 1L, Long::sum);
        return new XidCount(more, xid);
    }
}
