package dev.facefusion.runtime.engine.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProviderOptionsTest {

    @Test
    void boundsTheArenaWhereAsked() {
        // given
        var settings = new AcceleratorSettings(0, OptionalLong.of(2L << 30), Optional.empty());

        // when
        var told = new ProviderOptions(settings).cuda();

        // then
        assertThat(told).contains(entry("gpu_mem_limit", "2147483648"));
        assertThat(new ProviderOptions(AcceleratorSettings.defaults()).cuda())
                .doesNotContainKey("gpu_mem_limit")
                .contains(entry("arena_extend_strategy", "kSameAsRequested"));
    }

    @Test
    void keepsTheEnginesOfTensorRtWhereThereIsADirectory() {
        // given
        var settings =
                new AcceleratorSettings(
                        0, OptionalLong.empty(), Optional.of(Path.of("/var/cache/engines")));

        // when
        var told = new ProviderOptions(settings).tensorRt();

        // then
        assertThat(told)
                .containsOnly(
                        entry("trt_engine_cache_enable", "1"),
                        entry("trt_engine_cache_path", "/var/cache/engines"),
                        entry("trt_timing_cache_enable", "1"),
                        entry("trt_timing_cache_path", "/var/cache/engines"));
        assertThat(new ProviderOptions(AcceleratorSettings.defaults()).tensorRt()).isEmpty();
    }
}
