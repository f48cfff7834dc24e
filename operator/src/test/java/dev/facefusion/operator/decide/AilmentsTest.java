package dev.facefusion.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facefusion.operator.decide.HealthPolicy.Fallback;
import dev.facefusion.operator.decide.HealthPolicy.GpuMemory;
import dev.facefusion.operator.decide.HealthReport.Accelerator;
import dev.facefusion.operator.decide.PodHealth.Ailing;
import dev.facefusion.operator.decide.PodHealth.Faulty;
import dev.facefusion.operator.decide.PodHealth.Remedy;
import dev.facefusion.operator.decide.PodHealth.Serving;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/// What the reports of minutes and hours make of a pod, polled every 10 s.
class AilmentsTest {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final int HOUR = 360;

    @Test
    void callsForAReportOfSlowInferenceOnceItHasLasted() {
        // then
        assertThat(after(12, Samples.POLICY, _ -> Samples.latency(2000))).isEqualTo(new Serving());
        assertThat(after(13, Samples.POLICY, _ -> Samples.latency(2000)))
                .isEqualTo(new Ailing(Reason.SLOW_INFERENCE, Remedy.REPORT));
    }

    @Test
    void saysNothingOfALatencyThatIsNotReported() {
        // then
        assertThat(after(14, Samples.POLICY, poll -> poll < 13 ? Samples.latency(2000) : mute()))
                .isEqualTo(new Serving());
    }

    @Test
    void treatsSlowInferenceWhereTheSpecSaysSo() {
        // given
        var policy =
                with(
                        Samples.POLICY,
                        new Latency(2000, Duration.ofMinutes(2), Remedy.TREAT),
                        VramTrend.Mode.OBSERVE,
                        Fallback.REMEDIATE);

        // then
        assertThat(after(13, policy, _ -> Samples.latency(2500)))
                .isEqualTo(new Ailing(Reason.SLOW_INFERENCE, Remedy.TREAT));
    }

    @Test
    void reportsFullMemoryUntilItIsClear() {
        // then
        assertThat(after(7, Samples.POLICY, _ -> Samples.memory(90)))
                .isEqualTo(new Ailing(Reason.VRAM_PRESSURE, Remedy.REPORT));
        assertThat(after(20, Samples.POLICY, poll -> Samples.memory(poll < 7 ? 90 : 85)))
                .isEqualTo(new Ailing(Reason.VRAM_PRESSURE, Remedy.REPORT));
        assertThat(after(8, Samples.POLICY, poll -> Samples.memory(poll < 7 ? 90 : 84)))
                .isEqualTo(new Serving());
    }

    @Test
    void takesAnEarlierOperatorsWordForWhatItsFirstReportShows() {
        // given: the first report that this operator has seen
        var full = track(1, Samples.POLICY, _ -> Samples.memory(90));
        var relieved = track(1, Samples.POLICY, _ -> Samples.memory(89));
        var slow = track(1, Samples.POLICY, _ -> Samples.latency(2000));
        var treating =
                with(
                        Samples.POLICY,
                        new Latency(2000, Duration.ofMinutes(2), Remedy.TREAT),
                        VramTrend.Mode.OBSERVE,
                        Fallback.REMEDIATE);

        // then
        assertThat(after(Reason.VRAM_PRESSURE, full, Samples.POLICY))
                .isEqualTo(new Ailing(Reason.VRAM_PRESSURE, Remedy.REPORT));
        assertThat(after(Reason.VRAM_PRESSURE, relieved, Samples.POLICY)).isEqualTo(new Serving());
        assertThat(after(Reason.SLOW_INFERENCE, full, Samples.POLICY)).isEqualTo(new Serving());
        assertThat(after(Reason.VRAM_PRESSURE, slow, Samples.POLICY)).isEqualTo(new Serving());
        // but treats nothing that it has not seen to last
        assertThat(after(Reason.SLOW_INFERENCE, slow, treating))
                .isEqualTo(new Ailing(Reason.SLOW_INFERENCE, Remedy.REPORT));
    }

    @Test
    void goesByFiguresOfMemoryThatAreHalfAMinuteOld() {
        // then
        assertThat(after(7, Samples.POLICY, _ -> aged(Samples.memory(90), 30)))
                .isEqualTo(new Ailing(Reason.VRAM_PRESSURE, Remedy.REPORT));
        assertThat(after(7, Samples.POLICY, _ -> aged(Samples.memory(90), 31)))
                .isEqualTo(new Serving());
    }

    @Test
    void saysNothingOfTheMemoryOfASharedGpu() {
        // then
        assertThat(after(60, Samples.policy(GpuMemory.SHARED), _ -> Samples.memory(99)))
                .isEqualTo(new Serving());
    }

    @Test
    void treatsFullMemoryThatGrows() {
        // then
        assertThat(after(HOUR, Samples.POLICY, poll -> leaking(9100 + poll)))
                .isEqualTo(new Ailing(Reason.VRAM_PRESSURE, Remedy.TREAT));
    }

    @Test
    void foreseesALeakThatFillsTheMemoryWithinTheHorizon() {
        // 1 MiB per poll is 360 MiB/h: 90 % of 10000 MiB are reached from 8500 MiB after 1.4 h.
        assertThat(after(HOUR * 3 / 4, Samples.POLICY, poll -> leaking(8500 + poll)))
                .isEqualTo(new Serving());
        assertThat(after(HOUR * 5 / 4, Samples.POLICY, poll -> leaking(8500 + poll)))
                .isEqualTo(new Ailing(Reason.VRAM_LEAK_PREDICTED, Remedy.REPORT));
        assertThat(after(HOUR * 5 / 4, trend(VramTrend.Mode.ENFORCE), poll -> leaking(8500 + poll)))
                .isEqualTo(new Ailing(Reason.VRAM_LEAK_PREDICTED, Remedy.TREAT));
        assertThat(after(HOUR * 5 / 4, trend(VramTrend.Mode.OFF), poll -> leaking(8500 + poll)))
                .isEqualTo(new Serving());
    }

    @Test
    void foreseesALeakOfItsOwnOnASharedGpu() {
        // given
        IntFunction<HealthReport> report = poll -> Samples.memory(shared(4000, 4500 + poll));

        // then
        assertThat(after(HOUR * 5 / 4, Samples.policy(GpuMemory.SHARED), report))
                .isEqualTo(new Ailing(Reason.VRAM_LEAK_PREDICTED, Remedy.REPORT));
    }

    @Test
    void leavesANeighboursLeakToTheNeighbour() {
        // given
        IntFunction<HealthReport> report = poll -> Samples.memory(shared(4000 + poll, 4500));

        // then
        assertThat(after(HOUR * 5 / 4, Samples.policy(GpuMemory.SHARED), report))
                .isEqualTo(new Serving());
    }

    @Test
    void doesAboutAnotherProviderWhatTheSpecSays() {
        // given
        IntFunction<HealthReport> report = _ -> Samples.report(Accelerator.FALLBACK);

        // then
        assertThat(after(1, fallback(Fallback.REMEDIATE), report))
                .isEqualTo(new Faulty(Reason.ACCELERATOR_FALLBACK));
        assertThat(after(1, fallback(Fallback.REPORT), report))
                .isEqualTo(new Ailing(Reason.ACCELERATOR_FALLBACK, Remedy.REPORT));
        assertThat(after(1, fallback(Fallback.IGNORE), report)).isEqualTo(new Serving());
    }

    @Test
    void doesNotGoByReportsThatHaveGoneStale() {
        // given
        var track = track(13, Samples.POLICY, _ -> Samples.latency(2000));
        var failing = track.after(new Poll.ReadTimedOut(), at(17), Samples.POLICY);

        // when
        var verdict = Samples.POLICY.judge(Samples.pod("a", failing), at(17));

        // then
        assertThat(verdict.health()).isEqualTo(new Serving());
    }

    private static PodHealth after(Reason reported, HealthTrack track, HealthPolicy policy) {
        return policy.judge(Samples.complained("a", reported, track), at(0)).health();
    }

    private static PodHealth after(
            int polls, HealthPolicy policy, IntFunction<HealthReport> report) {
        var pod = Samples.pod("a", track(polls, policy, report));
        return policy.judge(pod, at(polls - 1)).health();
    }

    private static HealthTrack track(
            int polls, HealthPolicy policy, IntFunction<HealthReport> report) {
        var track = HealthTrack.begin(Samples.NOW);
        for (int poll = 0; poll < polls; poll++) {
            track = track.after(new Poll.Answered(report.apply(poll)), at(poll), policy);
        }
        return track;
    }

    private static Instant at(int poll) {
        return Samples.NOW.plus(PERIOD.multipliedBy(poll));
    }

    private static HealthReport mute() {
        return with(Samples.report(), OptionalInt.empty(), 0);
    }

    private static HealthReport aged(HealthReport report, int seconds) {
        return with(report, report.inferenceP95Milliseconds(), seconds);
    }

    private static HealthReport with(HealthReport report, OptionalInt p95, int gpusAge) {
        return new HealthReport(
                report.state(),
                report.models(),
                report.accelerator(),
                report.tasks(),
                report.inferenceP50Milliseconds(),
                p95,
                report.gpus(),
                OptionalInt.of(gpusAge),
                report.instance(),
                report.modelDigest());
    }

    private static HealthReport leaking(int used) {
        return Samples.memory(
                new Gpu(
                        Optional.of("GPU-1"),
                        OptionalInt.of(used),
                        OptionalInt.of(10000),
                        OptionalInt.empty(),
                        false));
    }

    private static Gpu shared(int others, int own) {
        return new Gpu(
                Optional.of("GPU-1"),
                OptionalInt.of(others + own),
                OptionalInt.of(10000),
                OptionalInt.of(own),
                false);
    }

    private static HealthPolicy trend(VramTrend.Mode mode) {
        return with(Samples.POLICY, Samples.POLICY.latency(), mode, Fallback.REMEDIATE);
    }

    private static HealthPolicy fallback(Fallback fallback) {
        return with(Samples.POLICY, Samples.POLICY.latency(), VramTrend.Mode.OBSERVE, fallback);
    }

    private static HealthPolicy with(
            HealthPolicy policy, Latency latency, VramTrend.Mode mode, Fallback fallback) {
        return new HealthPolicy(
                policy.thresholds(),
                policy.timeouts(),
                fallback,
                latency,
                policy.gpuMemory(),
                policy.vram(),
                new VramTrend(mode, policy.vramTrend().window(), policy.vramTrend().horizon()));
    }
}
