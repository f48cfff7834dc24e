package dev.facefusion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMeterTest {

    private static final Path PROC = Path.of("/proc");

    private final AtomicLong nanos = new AtomicLong();
    @TempDir private Path folder = Path.of("");

    @Test
    void measuresAContainerAgainstItsLimits() {
        // given
        var machine =
                new FakeProc(folder)
                        .version2("/", "/")
                        .group("cpu.max", "200000 100000\n")
                        .group("cpu.stat", "usage_usec 0\nnr_periods 0\nnr_throttled 0\n")
                        .group("memory.max", "100000000\n")
                        .group("memory.current", "40000000\n");
        var meter = new HostMeter(machine.proc(), nanos::get);
        meter.measure();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        // when
        machine.group(
                "cpu.stat",
                """
                usage_usec 500000
                nr_periods 10
                nr_throttled 3
                throttled_usec 70000
                """);
        var usage = meter.measure();

        // then
        assertThat(usage.cpuPercent()).isEqualTo(25.0);
        assertThat(usage.memoryUsedBytes()).isEqualTo(40_000_000L);
        assertThat(usage.memoryTotalBytes()).isEqualTo(100_000_000L);
        assertThat(usage.strain())
                .isEqualTo(new HostUsage.Strain(30.0, Duration.ofMillis(70), null, null, null));
    }

    @Test
    void takesTheHostsPressureWhereTheContainerHasNone() {
        // given
        var machine =
                new FakeProc(folder)
                        .proc("pressure/cpu", "some avg10=7.25 avg60=0 avg300=0 total=1\n")
                        .proc("pressure/memory", "some avg10=0.50 avg60=0 avg300=0 total=1\n");

        // when
        var strain = new HostMeter(machine.proc(), nanos::get).measure().strain();

        // then
        assertThat(strain).isEqualTo(new HostUsage.Strain(null, null, 7.25, 0.5, null));
    }

    @Test
    void measuresThisMachine() {
        // when
        var usage = new HostMeter(PROC, System::nanoTime).measure();

        // then
        assertThat(usage.cpuPercent()).isBetween(0.0, 100.0);
        assertThat(usage.memoryUsedBytes()).isPositive();
        assertThat(usage.memoryTotalBytes()).isGreaterThan(usage.memoryUsedBytes());
        assertThat(usage.processes()).isPositive();
    }

    @Test
    void countsEveryProcessOfANamespaceOfItsOwn() throws IOException {
        // given
        var proc = new FakeProc(folder).proc("1/stat", "").proc("27/stat", "").proc("mounts", "");
        Files.createDirectories(proc.proc().resolve("self/ns"));
        Files.createSymbolicLink(proc.proc().resolve("self/ns/pid"), Path.of("pid:[4026532999]"));

        // when
        var processes = ProcessCount.read(proc.proc());

        // then
        assertThat(processes).isEqualTo(2);
        assertThat(PidNamespace.read(proc.proc()).hostPid()).isEmpty();
    }

    @Test
    void countsOnlyItsOwnProcessesInTheHostsNamespace() throws IOException {
        // given
        var proc = new FakeProc(folder).proc("1/stat", "").proc("27/stat", "");
        Files.createDirectories(proc.proc().resolve("self/ns"));
        Files.createSymbolicLink(proc.proc().resolve("self/ns/pid"), Path.of("pid:[4026531836]"));

        // when
        var processes = ProcessCount.read(proc.proc());

        // then
        assertThat(processes).isEqualTo(1 + (int) ProcessHandle.current().descendants().count());
        assertThat(PidNamespace.read(proc.proc()).hostPid())
                .hasValue((int) ProcessHandle.current().pid());
    }
}
