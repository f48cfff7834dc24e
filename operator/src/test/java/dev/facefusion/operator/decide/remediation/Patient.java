package dev.facefusion.operator.decide.remediation;

import dev.facefusion.operator.decide.Complaint;
import dev.facefusion.operator.decide.Custody;
import dev.facefusion.operator.decide.Custody.Request;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.HealthReport.Models;
import dev.facefusion.operator.decide.HealthReport.State;
import dev.facefusion.operator.decide.HealthTrack;
import dev.facefusion.operator.decide.PodHealth;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.decide.PodVerdict;
import dev.facefusion.operator.decide.Poll;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A pod in service that has answered a minute ago, and what deviates from that.
record Patient(
        PodRef ref,
        Custody custody,
        boolean ready,
        boolean leaving,
        Instant startedAt,
        Optional<Complaint> complaint,
        Optional<HealthTrack> track) {
    static final Instant NOW = Samples.NOW;
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final String RUN = "instance-1";

    /// Its process is down.
    static final HealthTrack REFUSING =
            Samples.track(new Poll.Refused(), new Poll.Refused(), new Poll.Refused());

    /// It has nothing to do.
    static final HealthTrack IDLE = Samples.track(new Poll.Answered(Samples.queueing(0)));

    /// Its process drains and has nothing left to do.
    static final HealthTrack DRAINED = Samples.track(new Poll.Answered(Samples.drained()));

    /// Its process drains and has tasks in the queue.
    static final HealthTrack DRAINING =
            Samples.track(new Poll.Answered(Samples.report(State.DRAINING, Models.LOADED)));

    static Patient named(String name) {
        return new Patient(
                Samples.ref(name, "node-1"),
                Custody.IN_SERVICE,
                true,
                false,
                NOW.minus(Duration.ofHours(1)),
                Optional.empty(),
                Optional.of(Samples.well()));
    }

    Patient on(String node) {
        return with(
                new PodRef(ref.name(), ref.uid(), node, ref.address(), ref.restarts()),
                custody,
                track);
    }

    Patient restarted() {
        return with(
                new PodRef(
                        ref.name(), ref.uid(), ref.nodeName(), ref.address(), ref.restarts() + 1),
                custody,
                track);
    }

    Patient outOfService() {
        return with(ref, new Custody(false, custody.request(), 0), track);
    }

    Patient asked(Request request) {
        return with(ref, new Custody(custody.inService(), request, 0), track);
    }

    Patient polled(HealthTrack polls) {
        return with(ref, custody, Optional.of(polls));
    }

    Patient unpolled() {
        return with(ref, custody, Optional.empty());
    }

    Patient notReady() {
        return new Patient(ref, custody, false, leaving, startedAt, complaint, track);
    }

    Patient gone() {
        return new Patient(ref, custody, ready, true, startedAt, complaint, track);
    }

    Patient startedAt(Instant at) {
        return new Patient(ref, custody, ready, leaving, at, complaint, track);
    }

    Patient complaining(Reason reason, Duration ago) {
        return new Patient(
                ref,
                custody,
                ready,
                leaving,
                startedAt,
                Optional.of(new Complaint(reason, NOW.minus(ago))),
                track);
    }

    PodVerdict is(PodHealth health) {
        return new PodVerdict(
                new PodSnapshot(
                        ref,
                        custody,
                        ready,
                        leaving,
                        Optional.empty(),
                        startedAt,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        complaint,
                        track),
                health,
                Optional.empty());
    }

    PodVerdict serving() {
        return is(new PodHealth.Serving());
    }

    PodVerdict faulty(Reason reason) {
        return is(new PodHealth.Faulty(reason));
    }

    private Patient with(PodRef pod, Custody kept, Optional<HealthTrack> polls) {
        return new Patient(pod, kept, ready, leaving, startedAt, complaint, polls);
    }

    /// One that began with its stage, so long ago.
    Treatment treated(Step step, Stage stage, Duration ago) {
        var since = NOW.minus(ago);
        return new Treatment(ref, RUN, step, Reason.ACCELERATOR_FALLBACK, stage, since, since);
    }

    static FleetSnapshot fleet(int desired, Treatment... treatments) {
        return fleet(desired, Update.PLAIN, of(treatments));
    }

    static FleetSnapshot fleet(int desired, Update update, Proceedings proceedings) {
        return new FleetSnapshot(
                NOW,
                1,
                desired,
                Optional.of(Samples.reported(false)),
                Set.of(),
                Optional.of(Samples.deployment(desired, desired, desired)),
                List.of(),
                update,
                proceedings);
    }

    static Proceedings of(Treatment... treatments) {
        return new Proceedings(
                new Ledger(Optional.empty(), List.of(treatments)),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }
}
