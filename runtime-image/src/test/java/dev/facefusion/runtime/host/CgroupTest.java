package dev.facefusion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.runtime.host.Cgroup.Cpu;
import dev.facefusion.runtime.host.Cgroup.Memory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {

    @TempDir private Path folder = Path.of("");

    private FakeProc machine() {
        return new FakeProc(folder);
    }

    @Test
    void readsVersion2() {
        // given
        var machine =
                machine()
                        .version2("/", "/")
                        .group("cpu.max", "150000 100000\n")
                        .group(
                                "cpu.stat",
                                """
                                usage_usec 2500
                                user_usec 2000
                                nr_periods 40
                                nr_throttled 10
                                throttled_usec 700
                                """)
                        .group(
                                "cpu.pressure",
                                """
                                some avg10=12.50 avg60=1.00 avg300=0.10 total=99
                                full avg10=3.00 avg60=0.00 avg300=0.00 total=1
                                """)
                        .group("memory.max", "536870912\n")
                        .group("memory.current", "300000000\n")
                        .group("memory.stat", "anon 5\ninactive_file 100000000\n")
                        .group("memory.pressure", "some avg10=0.75 avg60=0 avg300=0 total=9\n")
                        .group("memory.events", "low 0\noom 3\noom_kill 2\n");

        // when
        var cgroup = Cgroup.read(machine.proc());

        // then
        assertThat(cgroup)
                .isEqualTo(
                        new Cgroup(
                                new Cpu(1.5, 2_500_000L, 40L, 10L, 700_000L, 12.5),
                                new Memory(536_870_912L, 200_000_000L, 0.75, 2L)));
    }

    @Test
    void knowsNoLimitInVersion2() {
        // given
        var machine =
                machine()
                        .version2("/", "/")
                        .group("cpu.max", "max 100000\n")
                        .group("memory.max", "max\n")
                        .group("memory.current", "300\n");

        // when
        var cgroup = Cgroup.read(machine.proc());

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(Cpu.UNKNOWN, new Memory(null, 300L, null, null)));
    }

    @Test
    void readsVersion1() {
        // given
        var machine =
                machine()
                        .version1("/", "/")
                        .group("cpu/cpu.cfs_quota_us", "50000\n")
                        .group("cpu/cpu.cfs_period_us", "100000\n")
                        .group(
                                "cpu/cpu.stat",
                                "nr_periods 8\nnr_throttled 4\nthrottled_time 123456789\n")
                        .group("cpuacct/cpuacct.usage", "77\n")
                        .group("memory/memory.limit_in_bytes", "1000\n")
                        .group("memory/memory.usage_in_bytes", "600\n")
                        .group("memory/memory.stat", "total_inactive_file 100\n")
                        .group(
                                "memory/memory.oom_control",
                                "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n");

        // when
        var cgroup = Cgroup.read(machine.proc());

        // then
        assertThat(cgroup)
                .isEqualTo(
                        new Cgroup(
                                new Cpu(0.5, 77L, 8L, 4L, 123_456_789L, null),
                                new Memory(1000L, 500L, null, 5L)));
    }

    @Test
    void knowsNoLimitInVersion1() {
        // given
        var machine =
                machine()
                        .version1("/", "/")
                        .group("cpu/cpu.cfs_quota_us", "-1\n")
                        .group("cpu/cpu.cfs_period_us", "100000\n")
                        .group("memory/memory.limit_in_bytes", "9223372036854771712\n");

        // when
        var cgroup = Cgroup.read(machine.proc());

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(Cpu.UNKNOWN, Memory.UNKNOWN));
    }

    @Test
    void takesTheLowestLimitOnTheWayUpAndWhatIsUsedOfIt() {
        // given
        var machine =
                machine()
                        .version2("/", "/pods/pod1/app")
                        .group("pods/memory.max", "8000\n")
                        .group("pods/memory.current", "7000\n")
                        .group("pods/pod1/memory.max", "1000\n")
                        .group("pods/pod1/memory.current", "600\n")
                        .group("pods/pod1/app/memory.max", "max\n")
                        .group("pods/pod1/app/memory.current", "500\n")
                        .group("pods/cpu.max", "400000 100000\n")
                        .group("pods/pod1/app/cpu.max", "50000 100000\n")
                        .group("pods/pod1/app/cpu.stat", "usage_usec 3\n");

        // when
        var cgroup = Cgroup.read(machine.proc());

        // then
        assertThat(cgroup.memory()).isEqualTo(new Memory(1000L, 600L, null, null));
        assertThat(cgroup.cpu().limit()).isEqualTo(0.5);
        assertThat(cgroup.cpu().usedNanos()).isEqualTo(3000L);
    }

    @Test
    void findsTheGroupOfANestedProcessInVersion1() {
        // given
        var machine =
                machine()
                        .version1("/", "/kubepods/pod1")
                        .group("memory/kubepods/pod1/memory.limit_in_bytes", "1000\n")
                        .group("memory/kubepods/pod1/memory.usage_in_bytes", "900\n")
                        .group("memory/memory.usage_in_bytes", "123456\n");

        // when
        var memory = Cgroup.read(machine.proc()).memory();

        // then
        assertThat(memory).isEqualTo(new Memory(1000L, 900L, null, null));
    }

    @Test
    void findsTheGroupAtTheMountPointOfAContainerWithoutANamespace() {
        // given
        var machine =
                machine()
                        .version1("/docker/abc", "/docker/abc")
                        .group("memory/memory.limit_in_bytes", "1000\n")
                        .group("memory/memory.usage_in_bytes", "900\n");

        // when
        var memory = Cgroup.read(machine.proc()).memory();

        // then
        assertThat(memory).isEqualTo(new Memory(1000L, 900L, null, null));
    }

    @Test
    void knowsNothingWithoutCgroups() {
        // when
        var cgroup = Cgroup.read(machine().proc());

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(Cpu.UNKNOWN, Memory.UNKNOWN));
    }
}
