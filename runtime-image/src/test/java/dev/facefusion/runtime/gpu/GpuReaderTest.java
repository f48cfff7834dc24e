package dev.facefusion.runtime.gpu;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.facefusion.runtime.gpu.Gpu.Board;
import dev.facefusion.runtime.gpu.Gpu.Errors;
import dev.facefusion.runtime.gpu.Gpu.Identity;
import dev.facefusion.runtime.gpu.Gpu.Memory;
import dev.facefusion.runtime.gpu.Gpu.Slice;
import dev.facefusion.runtime.gpu.Gpu.State;
import dev.facefusion.runtime.gpu.NvmlStub.Driver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Through the real binding, against the stub of the library. The expected figures are what the
/// stub's own comment says it answers without a script.
@Timeout(60)
class GpuReaderTest {

    private static final long MEBIBYTE = 1024L * 1024;
    private static final String H100 = "NVIDIA H100 80GB HBM3";
    private static final String FIRST = "GPU-00000000-0000-0000-0000-000000000000";
    private static final Memory MEMORY = memory(81_559, 7_421, 73_515, 623);
    private static final Board BOARD = new Board(54, 87, 311.4, 700.0, 1755, List.of(), false);
    private static final Errors SOUND = new Errors(0L, 0L, false, false, Map.of(), null);

    @TempDir private Path folder = Path.of("");

    @Test
    void readsEverythingOfAGpu() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("pid 4711 300", "pid 4712 100"));

        // when
        var round = reader.read(0);

        // then
        assertThat(round.error()).isNull();
        assertThat(round.gpus())
                .containsExactly(
                        new Gpu(
                                new Identity(0, FIRST, H100, null),
                                State.PRESENT,
                                MEMORY,
                                83,
                                null,
                                2,
                                BOARD,
                                SOUND));
    }

    @Test
    void findsNoGpu() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("gpus 0"));

        // when
        var round = reader.read(0);

        // then
        assertThat(round.gpus()).isEmpty();
        assertThat(round.error()).isNull();
    }

    @Test
    void readsEightGpus() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("gpus 8", "set temperature 7 71"));

        // when
        var gpus = reader.read(0).gpus();

        // then
        assertThat(gpus)
                .extracting(gpu -> gpu.identity().uuid())
                .containsExactlyElementsOf(
                        IntStream.range(0, 8)
                                .mapToObj(i -> FIRST.replaceAll("0$", "" + i))
                                .toList());
        assertThat(gpus)
                .extracting(gpu -> gpu.board().temperatureCelsius())
                .containsExactly(54, 54, 54, 54, 54, 54, 54, 71);
    }

    @Test
    void listsTheSlicesOfAPartitionedGpuInItsPlace() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("gpus 3", "mig 1 2"));

        // when
        var gpus = reader.read(0).gpus();

        // then
        var card = FIRST.replaceAll("0$", "1");
        assertThat(gpus)
                .extracting(gpu -> gpu.identity().index(), gpu -> gpu.identity().slice())
                .containsExactly(
                        tuple(0, null),
                        tuple(1, new Slice(1, card, 7)),
                        tuple(2, new Slice(1, card, 8)),
                        tuple(3, null));
        var slice = gpus.get(1);
        assertThat(slice.identity().uuid()).isEqualTo("MIG-00000000-0000-0000-0000-000000000001");
        assertThat(slice.identity().name()).isEqualTo(H100 + " MIG 1g.10gb");
        assertThat(requireNonNull(slice.memory()).total()).isEqualTo(81_559 * MEBIBYTE / 7);
        assertThat(slice.utilizationPercent()).isNull();
        assertThat(slice.board()).isEqualTo(BOARD);
    }

    @Test
    void asksAnOldDriverInItsOwnWords() {
        // given
        var reader = reader(NvmlStub.in(folder, Driver.OLD).plays("set throttle 0 0x5"));

        // when
        var round = reader.read(0);

        // then
        var gpu = round.gpus().getFirst();
        assertThat(round.error()).isNull();
        assertThat(gpu.memory())
                .isEqualTo(
                        new Memory(81_559 * MEBIBYTE, 8_044 * MEBIBYTE, 73_515 * MEBIBYTE, null));
        assertThat(gpu.board().throttleReasons()).containsExactly(ThrottleReason.SW_POWER_CAP);
        assertThat(gpu.computeProcesses()).isNull();
        assertThat(gpu.errors().remapPending()).isNull();
    }

    @Test
    void asksANewDriverInItsOwnWords() {
        // given
        var reader = reader(NvmlStub.in(folder, Driver.NEW).plays("set temperature 0 61"));

        // when
        var gpu = reader.read(0).gpus().getFirst();

        // then
        assertThat(gpu.board().temperatureCelsius()).isEqualTo(61);
    }

    @Test
    void losesOnlyTheFigureWhoseCallFails() {
        // given
        var reader =
                reader(NvmlStub.in(folder).plays("gpus 2", "fail nvmlDeviceGetPowerUsage 1 999"));

        // when
        var round = reader.read(0);

        // then
        assertThat(round.error())
                .isEqualTo(
                        "nvmlDeviceGetPowerUsage failed for GPU 1 with code 999, an error that"
                                + " NVML does not explain.");
        assertThat(round.gpus().get(0).board()).isEqualTo(BOARD);
        assertThat(round.gpus().get(1).board())
                .isEqualTo(new Board(54, 87, null, 700.0, 1755, List.of(), false));
    }

    @Test
    void takesWhatTheDeviceDoesNotSupportForUnknown() {
        // given
        var reader =
                reader(
                        NvmlStub.in(folder)
                                .plays(
                                        "fail nvmlDeviceGetTotalEccErrors 3",
                                        "fail nvmlDeviceGetUtilizationRates 4"));

        // when
        var round = reader.read(0);

        // then
        assertThat(round.error()).isNull();
        assertThat(round.gpus().getFirst().errors().eccUncorrected()).isNull();
        assertThat(round.gpus().getFirst().utilizationPercent()).isNull();
    }

    @Test
    void keepsTheNameOfAGpuThatFallsOff() {
        // given
        var stub = NvmlStub.in(folder).plays("gpus 2");
        var reader = reader(stub);
        reader.read(0);

        // when
        stub.plays("gpus 2", "lost 0");
        var round = reader.read(1);

        // then
        assertThat(round.error()).isNull();
        assertThat(round.gpus().getFirst())
                .isEqualTo(
                        Gpu.lost(
                                new Identity(0, FIRST, H100, null),
                                Errors.reported(XidCount.NONE)));
        assertThat(round.gpus().getLast().state()).isEqualTo(State.PRESENT);
    }

    @Test
    void missesAGpuThatIsNotCountedAnyMore() {
        // given
        var stub = NvmlStub.in(folder).plays("gpus 2");
        var reader = reader(stub);
        reader.read(0);

        // when
        stub.plays("gpus 1");
        var gpus = reader.read(1).gpus();

        // then
        assertThat(gpus).extracting(Gpu::state).containsExactly(State.PRESENT, State.LOST);
        assertThat(gpus.getLast().identity().uuid()).endsWith("1");
    }

    @Test
    void missesEverySliceOfAGpuThatFallsOff() {
        // given
        var stub = NvmlStub.in(folder).plays("mig 0 2");
        var reader = reader(stub);
        reader.read(0);

        // when
        stub.plays("mig 0 2", "lost 0");
        var gpus = reader.read(1).gpus();

        // then
        assertThat(gpus).extracting(Gpu::state).containsExactly(State.LOST, State.LOST);
        assertThat(gpus.getLast().identity().name()).isEqualTo(H100 + " MIG 1g.10gb");
    }

    @Test
    void showsAGpuThatWasLostFromTheStart() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("lost 0"));

        // when
        var gpus = reader.read(0).gpus();

        // then
        assertThat(gpus)
                .containsExactly(Gpu.lost(new Identity(0, null, null, null), Errors.UNKNOWN));
    }

    @Test
    void saysThatAGpuMustBeReset() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("fail nvmlDeviceGetMemoryInfo_v2 16"));

        // when
        var gpu = reader.read(0).gpus().getFirst();

        // then
        assertThat(gpu.state()).isEqualTo(State.RESET_REQUIRED);
        assertThat(gpu.board()).isEqualTo(BOARD);
    }

    @Test
    void cannotReadWithoutACount() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("fail nvmlDeviceGetCount_v2 1"));

        // when, then
        assertThatThrownBy(() -> reader.read(0))
                .isInstanceOf(NvmlException.class)
                .hasMessage("nvmlDeviceGetCount_v2 failed with code 1, NVML is not initialised.");
    }

    @Test
    void seesMemoryLeak() {
        // given
        var reader = reader(NvmlStub.in(folder).plays("leak 512"));

        // when
        var used =
                IntStream.range(0, 4)
                        .mapToObj(round -> reader.read(round).gpus().getFirst().memory())
                        .map(memory -> requireNonNull(memory).used() / MEBIBYTE)
                        .toList();

        // then
        assertThat(used).containsExactly(7_421L, 7_933L, 8_445L, 8_957L);
    }

    @Test
    void tellsOwnMemoryApartWhereTheHostsNumberIsKnown() {
        // given
        var stub = NvmlStub.in(folder).plays("pid 4711 300", "pid 4712 100");
        var reader = new GpuReader(caller(stub), _ -> XidCount.NONE, OptionalInt.of(4712));

        // when
        var gpu = reader.read(0).gpus().getFirst();

        // then
        assertThat(gpu.processMemoryBytes()).isEqualTo(100 * MEBIBYTE);
    }

    @Test
    void countsMoreProcessesThanItHasRoomForAtFirst() {
        // given
        var processes =
                IntStream.range(0, 200)
                        .mapToObj(i -> "pid %d 1".formatted(i + 1))
                        .toArray(String[]::new);
        var stub = NvmlStub.in(folder).plays(processes);
        var reader = new GpuReader(caller(stub), _ -> XidCount.NONE, OptionalInt.of(200));

        // when
        var gpu = reader.read(0).gpus().getFirst();

        // then
        assertThat(gpu.computeProcesses()).isEqualTo(200);
        assertThat(gpu.processMemoryBytes()).isEqualTo(MEBIBYTE);
    }

    @Test
    void tellsLastingHeatFromAMoments() {
        // given
        var stub = NvmlStub.in(folder).plays("set throttle 0 0x48");
        var reader = reader(stub);
        var atFirst = reader.read(0).gpus().getFirst().board();

        // when
        var later = reader.read(Duration.ofSeconds(61).toNanos()).gpus().getFirst().board();

        // then
        assertThat(atFirst.throttleReasons())
                .containsExactly(ThrottleReason.HW_SLOWDOWN, ThrottleReason.HW_THERMAL_SLOWDOWN);
        assertThat(atFirst.overheated()).isFalse();
        assertThat(later.overheated()).isTrue();
    }

    @Test
    void readsWhatTheMemorySuffered() {
        // given
        var reader =
                reader(
                        NvmlStub.in(folder)
                                .plays(
                                        "set ecc_corrected 0 12",
                                        "set ecc_uncorrected 0 5000000000",
                                        "set remap_pending 0 1",
                                        "set remap_failed 0 1"));

        // when
        var errors = reader.read(0).gpus().getFirst().errors();

        // then
        assertThat(errors).isEqualTo(new Errors(12L, 5_000_000_000L, true, true, Map.of(), null));
        assertThat(errors.memoryBad()).isTrue();
    }

    private static GpuReader reader(NvmlStub stub) {
        return new GpuReader(caller(stub), _ -> XidCount.NONE, OptionalInt.empty());
    }

    private static NvmlCaller caller(NvmlStub stub) {
        return new NvmlCaller(stub.load(), () -> 0);
    }

    private static Memory memory(long total, long used, long free, long reserved) {
        return new Memory(total * MEBIBYTE, used * MEBIBYTE, free * MEBIBYTE, reserved * MEBIBYTE);
    }
}
