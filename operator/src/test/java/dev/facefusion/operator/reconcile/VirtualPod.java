package dev.facefusion.operator.reconcile;

import dev.facefusion.operator.decide.Complaint;
import dev.facefusion.operator.decide.Custody;
import dev.facefusion.operator.decide.Gpu;
import dev.facefusion.operator.decide.HealthPolicy;
import dev.facefusion.operator.decide.HealthReport;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.decide.Poll;
import dev.facefusion.operator.decide.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A pod in virtual time: its process, its kubelet, and what the operator's polls have shown of it.
final class VirtualPod {
    private static final Duration BOOT = Duration.ofSeconds(5);
    private static final Duration EXIT = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(3);

    final String name;
    final String node;
    final Instant createdAt;
    int restarts;
    boolean inService = true;
    boolean quarantined;
    Optional<Instant> leavingSince = Optional.empty();
    VirtualFault fault = VirtualFault.NONE;
    int tasksInFlight;
    int gpuMebibytes;
    int percent = 25;
    int mebibytesPerMinute;
    private Instant startedAt;
    private boolean draining;
    private Optional<Instant> exitsAt = Optional.empty();
    private Optional<HealthTrack> track = Optional.empty();

    VirtualPod(String name, String node, Instant now) {
        this.name = name;
        this.node = node;
        this.createdAt = now;
        this.startedAt = now;
    }

    PodRef ref() {
        return new PodRef(name, uid(), node, "10.0.0.1", restarts);
    }

    String uid() {
        return name + "-uid";
    }

    String instance() {
        return name + "-run-" + restarts;
    }

    boolean up(Instant now) {
        return !now.isBefore(startedAt.plus(BOOT));
    }

    /// Ready as the kubelet sees it, which knows nothing of a hang.
    boolean ready(Instant now) {
        return up(now) && !draining && leavingSince.isEmpty() && exitsAt.isEmpty();
    }

    boolean gone(Instant now) {
        return leavingSince.filter(since -> !now.isBefore(since.plus(GRACE))).isPresent();
    }

    void drain(String instance) {
        if (instance.equals(instance())) {
            draining = true;
            tasksInFlight = fault.hangs() ? tasksInFlight : 0;
        }
    }

    /// Whether the process obeyed: it does so once.
    boolean restart(String instance, Instant now) {
        if (!instance.equals(instance()) || exitsAt.isPresent() || fault.deaf()) {
            return false;
        }
        draining = true;
        exitsAt = Optional.of(now.plus(EXIT));
        return true;
    }

    void pass(Instant now) {
        if (exitsAt.filter(at -> !now.isBefore(at)).isPresent()) {
            restarts++;
            exitsAt = Optional.empty();
            draining = false;
            tasksInFlight = 0;
            startedAt = now;
            track = Optional.empty();
            fault = fault.afterRestart();
            percent = 25;
            mebibytesPerMinute = 0;
        }
    }

    void forgetPolls() {
        track = Optional.empty();
    }

    void poll(Instant now, HealthPolicy policy) {
        track =
                Optional.of(
                        track.orElseGet(() -> HealthTrack.begin(now))
                                .after(answer(now), now, policy));
    }

    PodSnapshot snapshot(Instant now, Optional<Complaint> complaint) {
        return new PodSnapshot(
                ref(),
                new Custody(inService, Custody.Request.NONE, 0),
                ready(now),
                leavingSince.isPresent(),
                Optional.empty(),
                startedAt,
                Optional.empty(),
                Optional.empty(),
                "",
                complaint,
                track.or(() -> up(now) ? Optional.of(HealthTrack.begin(now)) : Optional.empty()));
    }

    private Poll answer(Instant now) {
        if (!up(now)) {
            return new Poll.Refused();
        }
        return fault.poll(report(now), now);
    }

    private List<Gpu> gpus(Instant now) {
        if (gpuMebibytes == 0) {
            return List.of();
        }
        long grown = Duration.between(fault.since(), now).toSeconds() * mebibytesPerMinute / 60;
        int used = gpuMebibytes * percent / 100 + (mebibytesPerMinute == 0 ? 0 : (int) grown);
        return List.of(
                new Gpu(
                        Optional.of("GPU-" + node),
                        OptionalInt.of(Math.min(gpuMebibytes, used)),
                        OptionalInt.of(gpuMebibytes),
                        OptionalInt.empty(),
                        false));
    }

    private HealthReport report(Instant now) {
        boolean stuck = fault.hangs();
        return new HealthReport(
                draining ? State.DRAINING : State.HEALTHY,
                Models.LOADED,
                fault.fallsBack() ? Accelerator.FALLBACK : Accelerator.AS_REQUESTED,
                new Tasks(
                        OptionalInt.of(stuck ? 1 : tasksInFlight),
                        OptionalInt.of(0),
                        OptionalLong.of(100),
                        OptionalInt.of(stuck ? fault.seconds(now) : 1)),
                OptionalInt.of(300),
                OptionalInt.of(500),
                gpus(now),
                gpuMebibytes == 0 ? OptionalInt.empty() : OptionalInt.of(1),
                Optional.of(instance()),
                Optional.of("models"));
    }
}
