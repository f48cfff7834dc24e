package dev.facefusion.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupTest {

    @TempDir private Path root = Path.of("");

    @Test
    void readsTheLimitsOfVersion2() throws IOException {
        // given
        write(
                Map.of(
                        "cgroup.controllers", "cpu memory\n",
                        "cpu.max", "150000 100000\n",
                        "cpu.stat", "usage_usec 2500\nuser_usec 2000\n",
                        "memory.max", "536870912\n",
                        "memory.current", "300000000\n",
                        "memory.stat", "anon 5\ninactive_file 100000000\n"));

        // when
        var cgroup = Cgroup.read(root);

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(1.5, 2_500_000L, 536_870_912L, 200_000_000L));
    }

    @Test
    void knowsNoLimitInVersion2() throws IOException {
        // given
        write(
                Map.of(
                        "cgroup.controllers", "cpu memory\n",
                        "cpu.max", "max 100000\n",
                        "memory.max", "max\n",
                        "memory.current", "300\n"));

        // when
        var cgroup = Cgroup.read(root);

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(null, null, null, 300L));
    }

    @Test
    void readsTheLimitsOfVersion1() throws IOException {
        // given
        write(
                Map.of(
                        "cpu/cpu.cfs_quota_us", "50000\n",
                        "cpu/cpu.cfs_period_us", "100000\n",
                        "cpuacct/cpuacct.usage", "77\n",
                        "memory/memory.limit_in_bytes", "1000\n",
                        "memory/memory.usage_in_bytes", "600\n",
                        "memory/memory.stat", "total_inactive_file 100\n"));

        // when
        var cgroup = Cgroup.read(root);

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(0.5, 77L, 1000L, 500L));
    }

    @Test
    void knowsNoLimitInVersion1() throws IOException {
        // given
        write(
                Map.of(
                        "cpu/cpu.cfs_quota_us", "-1\n",
                        "cpu/cpu.cfs_period_us", "100000\n",
                        "memory/memory.limit_in_bytes", "9223372036854771712\n"));

        // when
        var cgroup = Cgroup.read(root);

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(null, null, null, null));
    }

    @Test
    void knowsNothingWithoutCgroups() {
        // when
        var cgroup = Cgroup.read(root);

        // then
        assertThat(cgroup).isEqualTo(new Cgroup(null, null, null, null));
    }

    private void write(Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            var path = root.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            Files.writeString(path, file.getValue());
        }
    }
}
