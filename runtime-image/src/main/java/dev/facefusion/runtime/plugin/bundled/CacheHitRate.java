package dev.facefusion.runtime.plugin.bundled;

import dev.facefusion.runtime.plugin.HealthContributor;
import dev.facefusion.runtime.plugin.HealthValue;
import dev.facefusion.runtime.plugin.RuntimeView;
import java.util.Optional;

/// The share of source pictures, since the start, that were analysed before. No value before the
/// first one.
public final class CacheHitRate implements HealthContributor {

    @Override
    public String name() {
        return "cache_hit_rate";
    }

    @Override
    public String unit() {
        return "ratio";
    }

    @Override
    public Optional<HealthValue> value(RuntimeView runtime) {
        var counts = runtime.sourceCache();
        var lookups = counts.hits() + counts.misses();
        return lookups == 0
                ? Optional.empty()
                : Optional.of(HealthValue.of((double) counts.hits() / lookups));
    }
}
