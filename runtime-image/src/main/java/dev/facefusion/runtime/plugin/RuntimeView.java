package dev.facefusion.runtime.plugin;

import java.util.Optional;

/// What a [HealthContributor] may ask the runtime. Every answer is in memory: none blocks.
public interface RuntimeView {

    /// An environment variable of the runtime, without surrounding blanks; empty if it is absent or
    /// blank.
    Optional<String> setting(String name);

    /// One digest for the whole set of models, 64 hexadecimal digits; empty until they are read.
    Optional<String> modelDigest();

    /// How often a source picture was known already, since the start.
    CacheCounts sourceCache();

    /// Lookups since the start; both 0 while the cache is switched off.
    record CacheCounts(long hits, long misses) {}
}
