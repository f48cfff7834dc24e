package dev.facefusion.runtime.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GpuSamplerTest {

    private final AtomicLong nanos = new AtomicLong();
    @TempDir private Path folder = Path.of("");
    private Optional<GpuSampler> sampler = Optional.empty();

    @AfterEach
    void close() {
        sampler.ifPresent(GpuSampler::close);
    }

    @Test
    void readsTheGpus() {
        // given
        var stub = NvmlStub.in(folder).plays("gpus 2");

        // when
        var figures = awaitGpus(start(stub.library()));

        // then
        assertThat(figures.known()).hasSize(2);
        assertThat(figures.age()).isEqualTo(Duration.ZERO);
        assertThat(figures.error()).isNull();
        assertThat(figures.stale()).isFalse();
    }

    @Test
    void saysThatALibraryCannotBeLoaded() {
        // given
        var library = folder.resolve("none.so");

        // when
        var sampler = start(library);

        // then
        await().untilAsserted(() ->
                assertThat(sampler.figures())
                        .isEqualTo(
                                new GpuFigures(
                                        null,
                                        null,
                                        "NVML_LIBRARY is \"%s\", which cannot be loaded."
                                                .formatted(library),
                                        false)));
    }

    @Test
    void waitsForADriverThatIsLoadedLater() {
        // given
        var stub = NvmlStub.in(folder).plays("fail nvmlInit_v2 9");
        var sampler = start(stub.library());
        await().until(() -> sampler.figures().error() != null);
        assertThat(sampler.figures())
                .isEqualTo(
                        new GpuFigures(
                                null,
                                null,
                                "nvmlInit_v2 failed with code 9, the NVIDIA driver is not loaded.",
                                false));

        // when
        stub.plays();

        // then
        assertThat(awaitGpus(sampler).error()).isNull();
    }

    @Test
    void saysHowOldItsFiguresAreWhileACallBlocks() {
        // given
        var stub = NvmlStub.in(folder).plays();
        var sampler = start(stub.library());
        var before = awaitGpus(sampler).known();
        block(sampler, stub);

        // when
        nanos.addAndGet(Duration.ofSeconds(20).toNanos());

        // then
        var figures = sampler.figures();
        assertThat(figures.known()).isEqualTo(before);
        assertThat(figures.age()).isEqualTo(Duration.ofSeconds(31));
        assertThat(figures.stale()).isTrue();
        assertThat(figures.error())
                .isEqualTo(
                        "NVML does not answer: nvmlDeviceGetTemperature has not returned for 31 s."
                                + " The GPU figures are 31 s old.");
        stub.plays();
    }

    @Test
    void forgetsFiguresThatAreTooOldToBeWorthAnything() {
        // given
        var stub = NvmlStub.in(folder).plays();
        var sampler = start(stub.library());
        var before = awaitGpus(sampler).known().getFirst();
        block(sampler, stub);

        // when
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());

        // then
        var gpu = sampler.figures().known().getFirst();
        assertThat(gpu.identity()).isEqualTo(before.identity());
        assertThat(gpu.memory()).isNull();
        assertThat(gpu.board()).isEqualTo(Gpu.Board.UNKNOWN);
        stub.plays();
    }

    @Test
    void goesOnWhenTheCallReturns() {
        // given
        var stub = NvmlStub.in(folder).plays();
        var sampler = start(stub.library());
        awaitGpus(sampler);
        block(sampler, stub);

        // when
        stub.plays();

        // then
        await().until(() -> !sampler.figures().stale());
        assertThat(sampler.figures().error()).isNull();
    }

    @Test
    void saysSoWhenTheFirstCallOfAllBlocks() {
        // given
        var stub = NvmlStub.in(folder).plays("block nvmlInit_v2 60");
        var sampler = start(stub.library());

        // when, then
        await().until(() -> {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return sampler.figures().stale();
        });
        assertThat(sampler.figures().gpus()).isNull();
        assertThat(sampler.figures().error())
                .startsWith("NVML does not answer: nvmlInit_v2 has not returned for ");
        stub.plays();
    }

    @Test
    void hearsTheErrorsThatADriverReports() {
        // given
        var stub = NvmlStub.in(folder).plays("gpus 2");
        var sampler = start(stub.library());
        awaitGpus(sampler);

        // when
        stub.plays("gpus 2", "xid 1 13 1", "xid 1 79 2", "xid 1 13 3");

        // then
        await().until(
                        () -> sampler.figures().known().getLast().errors(),
                        errors -> errors.xids().equals(Map.of(13, 2L, 79, 1L)));
        var gpus = sampler.figures().known();
        assertThat(gpus.getLast().errors().lastXid()).isEqualTo(13);
        assertThat(gpus.getLast().errors().hardwareFailed()).isTrue();
        assertThat(gpus.getFirst().errors().xids()).isEmpty();
    }

    @Test
    void readsOnWhereErrorsCannotBeHeard() {
        // given
        var stub =
                NvmlStub.in(folder)
                        .plays("fail nvmlDeviceRegisterEvents 3", "fail nvmlEventSetWait_v2 15");

        // when
        var figures = awaitGpus(start(stub.library()));

        // then
        assertThat(figures.known().getFirst().errors().lastXid()).isNull();
    }

    private void block(GpuSampler sampler, NvmlStub stub) {
        stub.plays("block nvmlDeviceGetTemperature 60");
        await().until(stub::blocks);
        nanos.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(sampler.figures().error())
                .startsWith("NVML does not answer: nvmlDeviceGetTemperature");
    }

    private GpuSampler start(Path library) {
        var started = GpuSampler.start(new GpuSettings(Optional.of(library)), nanos::get);
        sampler = Optional.of(started);
        return started;
    }

    private static GpuFigures awaitGpus(GpuSampler sampler) {
        await().until(() -> sampler.figures().gpus() != null);
        return sampler.figures();
    }
}
