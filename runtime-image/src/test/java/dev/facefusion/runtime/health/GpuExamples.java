package dev.facefusion.runtime.health;

import dev.facefusion.runtime.gpu.Gpu;
import dev.facefusion.runtime.gpu.Gpu.Board;
import dev.facefusion.runtime.gpu.Gpu.Errors;
import dev.facefusion.runtime.gpu.Gpu.Identity;
import dev.facefusion.runtime.gpu.Gpu.Memory;
import dev.facefusion.runtime.gpu.Gpu.Slice;
import dev.facefusion.runtime.gpu.Gpu.State;
import dev.facefusion.runtime.gpu.GpuFigures;
import dev.facefusion.runtime.gpu.ThrottleReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// GPUs in the states that a report tells apart.
final class GpuExamples {

    private static final long MEBIBYTE = 1024L * 1024;
    private static final Memory MEMORY =
            new Memory(81_559 * MEBIBYTE, 7_421 * MEBIBYTE, 73_515 * MEBIBYTE, 623 * MEBIBYTE);
    private static final Board COOL =
            new Board(54, 87, 311.4, 700.0, 1755, List.of(ThrottleReason.SW_POWER_CAP), false);
    private static final Board HOT =
            new Board(
                    91,
                    87,
                    402.9,
                    700.0,
                    705,
                    List.of(ThrottleReason.HW_SLOWDOWN, ThrottleReason.HW_THERMAL_SLOWDOWN),
                    true);
    private static final Errors SOUND = new Errors(0L, 0L, false, false, Map.of(), null);

    private GpuExamples() {}

    static GpuFigures one() {
        return seen(List.of(gpu(0, State.PRESENT, COOL, SOUND)));
    }

    static GpuFigures eight() {
        return seen(
                IntStream.range(0, 8)
                        .mapToObj(index -> gpu(index, State.PRESENT, COOL, SOUND))
                        .toList());
    }

    static GpuFigures slices() {
        return seen(List.of(slice(0, 1), slice(1, 2)));
    }

    static GpuFigures faulty() {
        var errors = new Errors(12L, 1L, true, false, Map.of(94, 1L, 119, 2L), 119);
        return seen(List.of(gpu(0, State.PRESENT, HOT, errors)));
    }

    static GpuFigures lost() {
        var gone =
                new Gpu(
                        identity(0),
                        State.LOST,
                        null,
                        null,
                        null,
                        null,
                        Board.UNKNOWN,
                        new Errors(null, null, null, null, Map.of(79, 1L), 79));
        return seen(List.of(gone, gpu(1, State.PRESENT, COOL, SOUND)));
    }

    static GpuFigures stale() {
        return new GpuFigures(
                List.of(gpu(0, State.PRESENT, COOL, SOUND)),
                Duration.ofSeconds(34),
                "NVML does not answer: nvmlDeviceGetTemperature has not returned for 34 s. The GPU"
                        + " figures are 34 s old.",
                true);
    }

    private static GpuFigures seen(List<Gpu> gpus) {
        return new GpuFigures(gpus, Duration.ofMillis(400), null, false);
    }

    private static Identity identity(int index) {
        return new Identity(
                index,
                "GPU-8d1c3f0a-5d3c-4b7e-9a51-00000000000%d".formatted(index),
                "NVIDIA H100 80GB HBM3",
                null);
    }

    private static Gpu gpu(int index, State state, Board board, Errors errors) {
        return new Gpu(identity(index), state, MEMORY, 83, null, 1, board, errors);
    }

    private static Gpu slice(int index, int instance) {
        return new Gpu(
                new Identity(
                        index,
                        "MIG-5b7a1c9e-2f6d-5f0b-8f3e-00000000000%d".formatted(index),
                        "NVIDIA H100 80GB HBM3 MIG 1g.10gb",
                        new Slice(0, "GPU-8d1c3f0a-5d3c-4b7e-9a51-000000000000", instance)),
                State.PRESENT,
                new Memory(9_856 * MEBIBYTE, 1_210 * MEBIBYTE, 8_631 * MEBIBYTE, 15 * MEBIBYTE),
                null,
                512 * MEBIBYTE,
                1,
                COOL,
                SOUND);
    }
}
