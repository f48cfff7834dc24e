package dev.facefusion.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.engine.SourceCache.Settings;
import dev.facefusion.runtime.engine.SwapOutcome.Swapped;
import dev.facefusion.runtime.engine.session.ExecutionSettings;
import dev.facefusion.runtime.engine.stage.Cancellation;
import dev.facefusion.runtime.engine.stage.Stage;
import dev.facefusion.runtime.models.ModelStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class SourceCacheIT {

    private static final Logger log = LoggerFactory.getLogger(SourceCacheIT.class);
    private static final Path COLLINS = Reference.MODELS.resolve("photos/astronaut.png");
    private static final Path HOPPER = Reference.MODELS.resolve("photos/grace_hopper.jpg");
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final long MEBIBYTE = 1024 * 1024;

    private final AtomicLong now = new AtomicLong();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir private Path folder;

    @AfterEach
    void close() throws Exception {
        for (var each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void paintsTheSamePictureWithAndWithout() {
        // given
        var cache = cache(new Settings(8, 64 * MEBIBYTE, TTL));
        var plain = engine(cache(Settings.off()));
        var cached = engine(cache);

        for (var enhanced : List.of(false, true)) {
            // when
            var expected = swap(plain, COLLINS, HOPPER, enhanced).image();
            var first = swap(cached, COLLINS, HOPPER, enhanced).image();
            var second = swap(cached, COLLINS, HOPPER, enhanced).image();
            swap(cached, HOPPER, COLLINS, enhanced);
            var third = swap(cached, COLLINS, HOPPER, enhanced).image();

            // then
            assertThat(first).isEqualTo(expected);
            assertThat(second).isEqualTo(expected);
            assertThat(third).isEqualTo(expected);
        }
        assertThat(cache.misses()).isEqualTo(2);
        assertThat(cache.hits()).isEqualTo(6);
    }

    @Test
    void knowsAPictureByItsBytesAndForEveryEngine() throws Exception {
        // given
        var cache = cache(new Settings(8, 64 * MEBIBYTE, TTL));
        var copy = Files.copy(COLLINS, folder.resolve("copy.png"));

        // when
        swap(engine(cache), COLLINS, HOPPER, false);
        swap(engine(cache), copy, HOPPER, false);

        // then
        assertThat(cache.hits()).isEqualTo(1);
        assertThat(cache.misses()).isEqualTo(1);
    }

    @Test
    void sparesTheStagesOfTheSource() {
        // given
        var cache = cache(new Settings(8, 64 * MEBIBYTE, TTL));
        var engine = engine(cache);

        // when
        var first = stages(engine);
        var second = stages(engine);

        // then
        assertThat(first).filteredOn(Stage.DETECT::equals).hasSize(2);
        assertThat(second).filteredOn(Stage.DETECT::equals).hasSize(1);
        assertThat(second).filteredOn(Stage.DECODE::equals).hasSize(1);
    }

    @Test
    void forgetsByTimeByNumberAndBySize() {
        // given
        var byNumber = cache(new Settings(1, 64 * MEBIBYTE, TTL));
        var bySize = cache(new Settings(8, MEBIBYTE, TTL));
        var byTime = cache(new Settings(8, 64 * MEBIBYTE, TTL));

        // when: Collins has 786,432 bytes, Hopper 921,600
        for (var cache : List.of(byNumber, bySize, byTime)) {
            var engine = engine(cache);
            swap(engine, COLLINS, HOPPER, false);
            swap(engine, HOPPER, COLLINS, false);
        }
        now.addAndGet(TTL.toNanos() + 1);
        byTime.forgetExpired();

        // then
        assertThat(byNumber.size()).isEqualTo(1);
        assertThat(bySize.size()).isEqualTo(1);
        assertThat(byTime.size()).isZero();
    }

    @Test
    void keepsNothingWhenItIsOff() {
        // given
        var cache = cache(Settings.off());
        var engine = engine(cache);

        // when
        swap(engine, COLLINS, HOPPER, false);
        swap(engine, COLLINS, HOPPER, false);

        // then
        assertThat(cache.size()).isZero();
        assertThat(cache.hits() + cache.misses()).isZero();
    }

    @Test
    void countsForPrometheus() {
        // given
        var cache = cache(new Settings(8, 64 * MEBIBYTE, TTL));
        var registry = new SimpleMeterRegistry();
        cache.register(registry);
        var engine = engine(cache);

        // when
        swap(engine, COLLINS, HOPPER, false);
        swap(engine, COLLINS, HOPPER, false);

        // then
        assertThat(registry.get("fusion.cache.hits").functionCounter().count()).isEqualTo(1);
        assertThat(registry.get("fusion.cache.misses").functionCounter().count()).isEqualTo(1);
    }

    @Test
    void isQuickerThanTheWork() {
        // given
        var plain = engine(cache(Settings.off()));
        var cached = engine(cache(new Settings(8, 64 * MEBIBYTE, TTL)));

        // when: in turns, so that both see the same machine
        var without = new ArrayList<Duration>();
        var with = new ArrayList<Duration>();
        for (int i = 0; i < 60; i++) {
            without.add(swap(plain, COLLINS, HOPPER, false).elapsed());
            with.add(swap(cached, COLLINS, HOPPER, false).elapsed());
        }

        // then
        log.info("a swap takes {} without and {} with the cache", median(without), median(with));
        assertThat(median(with)).isLessThan(median(without));
    }

    @Test
    void measuresTheLikenessOfEverySoManyResults() {
        // given
        var engine = pipeline(new Surroundings(cache(Settings.off()), 3, Optional.empty()));

        // when
        var swaps = new ArrayList<Swapped>();
        for (int i = 0; i < 4; i++) {
            swaps.add(swap(engine, COLLINS, HOPPER, false));
        }

        // then: tests/reference/self_test.py says 0.9676
        assertThat(swaps)
                .extracting(swap -> swap.likeness().isPresent())
                .containsExactly(true, false, false, true);
        assertThat(swaps.getFirst().likeness().orElseThrow()).isBetween(0.965, 0.970);
        assertThat(engine.models()).contains("face_embedding_128");
    }

    private SourceCache cache(Settings settings) {
        var cache = SourceCache.open(settings, now::get);
        opened.add(cache);
        return cache;
    }

    private Pipeline engine(SourceCache cache) {
        return pipeline(new Surroundings(cache, 0, Optional.empty()));
    }

    private Pipeline pipeline(Surroundings surroundings) {
        var engine =
                EnginePlan.of(ModelStore.open(Reference.MODELS), ExecutionSettings.cpu(1))
                        .in(surroundings)
                        .open();
        opened.add(engine);
        return engine;
    }

    private static Swapped swap(Engine engine, Path source, Path target, boolean enhanced) {
        var options =
                enhanced
                        ? new SwapOptions(
                                List.of(FrameProcessor.FACE_SWAPPER, FrameProcessor.FACE_ENHANCER),
                                0.8,
                                SwapOptions.defaults().outputFormat(),
                                95)
                        : SwapOptions.defaults();
        return (Swapped)
                engine.swap(
                        new SwapRequest(source, target, options), (_, _) -> {}, new Cancellation());
    }

    private static List<Stage> stages(Engine engine) {
        var stages = new ArrayList<Stage>();
        engine.swap(
                new SwapRequest(COLLINS, HOPPER, SwapOptions.defaults()),
                (stage, _) -> stages.add(stage),
                new Cancellation());
        return stages;
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
}
