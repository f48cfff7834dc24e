package dev.facefusion.runtime.server;

import dev.facefusion.runtime.engine.SourceCache;
import dev.facefusion.runtime.health.RuntimeLife;
import dev.facefusion.runtime.plugin.PluginSettings;
import dev.facefusion.runtime.plugin.RuntimeView;
import java.util.Optional;

/// What health plug-ins may ask.
record RuntimeFacts(PluginSettings settings, RuntimeLife life, SourceCache sources)
        implements RuntimeView {

    @Override
    public Optional<String> setting(String name) {
        return settings.own().apply(name);
    }

    @Override
    public Optional<String> modelDigest() {
        return Optional.ofNullable(life.engine().digest());
    }

    @Override
    public CacheCounts sourceCache() {
        return new CacheCounts(sources.hits(), sources.misses());
    }
}
