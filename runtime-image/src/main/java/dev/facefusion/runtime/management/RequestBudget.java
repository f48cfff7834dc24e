package dev.facefusion.runtime.management;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// How often one address may ask: ten times at once, then twice a second. A flood from one pod
/// leaves room for the others.
final class RequestBudget {

    private static final int BURST = 10;
    private static final long REFILL_NANOS = Duration.ofMillis(500).toNanos();
    private static final int MAX_ADDRESSES = 1024;

    private final LongSupplier nanoTime;
    // For each address, when its budget would be full again; the one that asked last is last.
    private final Map<InetAddress, Long> fullAt =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<InetAddress, Long> eldest) {
                    return size() > MAX_ADDRESSES;
                }
            };

    RequestBudget(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// Takes one request off the budget, if there is one left.
    synchronized boolean admits(InetAddress address) {
        var now = nanoTime.getAsLong();
        var before = fullAt.getOrDefault(address, now);
        var after = (before - now > 0 ? before : now) + REFILL_NANOS;
        if (after - now > BURST * REFILL_NANOS) {
            return false;
        }
        fullAt.put(address, after);
        return true;
    }
}
