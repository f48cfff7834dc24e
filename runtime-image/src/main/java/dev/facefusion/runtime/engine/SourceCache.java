package dev.facefusion.runtime.engine;

import dev.facefusion.runtime.config.Environment;
import dev.facefusion.runtime.engine.analyse.Inquiry;
import dev.facefusion.runtime.engine.analyse.Portrait;
import dev.facefusion.runtime.engine.geometry.Landmarks;
import dev.facefusion.runtime.memory.Chore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Source pictures that were analysed lately, with their largest faces, by the digest of their
/// file, what was asked of them and the models that answered; shared by all engines.
///
/// What it holds is biometric data: it stays in memory, no longer than the time to live, and
/// nothing of it is ever listed or logged.
public final class SourceCache implements AutoCloseable {

    private static final int BYTES_OF_A_FACE = 3 * Double.BYTES * Landmarks.COUNT;
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

    private final Settings settings;
    private final LongSupplier nanoTime;
    // The least recently used one first.
    private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final ScheduledExecutorService cleaner =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("source-cache").factory());
    private long bytes;
    private long hits;
    private long misses;

    /// How much is kept.
    ///
    /// @param entries pictures at most; 0 switches the cache off
    /// @param bytes of pixels and landmarks at most
    /// @param timeToLive from the analysis on, however often the picture comes again
    public record Settings(int entries, long bytes, Duration timeToLive) {

        /// The settings of the environment.
        public static Settings from(Environment environment) {
            return new Settings(
                    environment.number("SOURCE_CACHE_ENTRIES", 64, 0, 10_000),
                    environment.mebibytes("SOURCE_CACHE_MEGABYTES", 64, 16_384),
                    environment.seconds("SOURCE_CACHE_TTL_SECONDS", 600));
        }

        /// Nothing is kept.
        public static Settings off() {
            return new Settings(0, 1, Duration.ofSeconds(1));
        }
    }

    private record Key(String file, Inquiry inquiry, String models) {}

    private record Entry(Portrait portrait, long bytes, long since) {}

    private SourceCache(Settings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /// An empty cache.
    ///
    /// @param nanoTime a clock that only runs forward, such as `System::nanoTime`
    public static SourceCache open(Settings settings, LongSupplier nanoTime) {
        var cache = new SourceCache(settings, nanoTime);
        if (settings.entries() > 0) {
            var round =
                    Math.min(settings.timeToLive().toMillis() / 2 + 1, LONGEST_ROUND.toMillis());
            var _ =
                    cache.cleaner.scheduleWithFixedDelay(
                            new Chore(cache::forgetExpired), round, round, TimeUnit.MILLISECONDS);
        }
        return cache;
    }

    /// Registers `fusion_cache_hits_total` and `fusion_cache_misses_total`.
    public void register(MeterRegistry registry) {
        FunctionCounter.builder("fusion.cache.hits", this, SourceCache::hits)
                .description("Source pictures that were analysed before")
                .register(registry);
        FunctionCounter.builder("fusion.cache.misses", this, SourceCache::misses)
                .description("Source pictures that had to be analysed")
                .register(registry);
    }

    /// Lookups that found their picture.
    public synchronized long hits() {
        return hits;
    }

    /// Lookups that did not; none while the cache is off.
    public synchronized long misses() {
        return misses;
    }

    /// How many pictures are held now.
    public synchronized int size() {
        return entries.size();
    }

    /// The analysis of a file, from the cache or by the work, which is then kept.
    ///
    /// @param models digest of those that the work runs
    /// @param work may say that the picture is of no use, which is not kept
    Optional<Portrait> get(
            Path file, Inquiry inquiry, String models, Supplier<Optional<Portrait>> work) {
        if (settings.entries() == 0) {
            return work.get();
        }
        var key = new Key(digest(file), inquiry, models);
        var known = find(key);
        if (known.isPresent()) {
            return known;
        }
        var portrait = work.get();
        portrait.ifPresent(analysed -> keep(key, analysed));
        return portrait;
    }

    private synchronized Optional<Portrait> find(Key key) {
        var entry = entries.get(key);
        if (entry == null || expired(entry)) {
            misses++;
            return Optional.empty();
        }
        hits++;
        return Optional.of(entry.portrait());
    }

    private synchronized void keep(Key key, Portrait portrait) {
        var size = (long) portrait.picture().rgb().length + BYTES_OF_A_FACE;
        if (size > settings.bytes()) {
            return;
        }
        forget(key);
        entries.put(key, new Entry(portrait, size, nanoTime.getAsLong()));
        bytes += size;
        while (entries.size() > settings.entries() || bytes > settings.bytes()) {
            forget(entries.firstEntry().getKey());
        }
    }

    private void forget(Key key) {
        var entry = entries.remove(key);
        if (entry != null) {
            bytes -= entry.bytes();
        }
    }

    synchronized void forgetExpired() {
        var expired = new ArrayDeque<Key>();
        entries.forEach((key, entry) -> {
            if (expired(entry)) {
                expired.add(key);
            }
        });
        expired.forEach(this::forget);
    }

    private boolean expired(Entry entry) {
        return nanoTime.getAsLong() - entry.since() > settings.timeToLive().toNanos();
    }

    @Override
    public synchronized void close() {
        cleaner.shutdownNow();
        entries.clear();
        bytes = 0;
    }

    private static String digest(Path file) {
        try (var in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
