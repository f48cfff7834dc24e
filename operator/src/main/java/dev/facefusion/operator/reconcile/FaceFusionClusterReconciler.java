package dev.facefusion.operator.reconcile;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.act.Actuator;
import dev.facefusion.operator.act.EventPublisher;
import dev.facefusion.operator.act.Outcome;
import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.Decision;
import dev.facefusion.operator.decide.Decisions;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.Update;
import dev.facefusion.operator.decide.UpdatePolicy.Asked;
import dev.facefusion.operator.desired.Revisions;
import dev.facefusion.operator.desired.Workload;
import dev.facefusion.operator.desired.WorkloadSettings.Owner;
import dev.facefusion.operator.observe.ClusterReader;
import dev.facefusion.operator.observe.HealthEventSource;
import dev.facefusion.operator.observe.LiveObjects;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The control loop: observe, decide, act, report.
public final class FaceFusionClusterReconciler implements Reconciler<FaceFusionCluster> {
    public static final String NAME = "facefusioncluster";
    public static final String FIELD_MANAGER = "facefusion-operator";

    /// Nothing tells us when a stranger's object goes away.
    private static final Duration OBSTACLE_RECHECK = Duration.ofSeconds(15);

    /// To say in the status what has come of it, or to do what the status says now.
    private static final Duration SOON = Duration.ofMillis(500);

    private final ClusterReader reader;
    private final Actuator actuator;
    private final HealthEventSource health;
    private final StatusWriter writer;
    private final Installation installation;
    private final Clock clock;
    private final Refusals refusals;
    private final Memories memories;

    public FaceFusionClusterReconciler(
            ClusterReader reader,
            Actuator actuator,
            EventPublisher events,
            HealthEventSource health,
            MeterRegistry registry,
            Installation installation,
            Clock clock) {
        this.reader = reader;
        this.actuator = actuator;
        this.health = health;
        this.writer = new StatusWriter(events, registry);
        this.installation = installation;
        this.clock = clock;
        this.refusals = new Refusals(clock);
        this.memories = new Memories(refusals, clock);
    }

    @Override
    public List<EventSource<?, FaceFusionCluster>> prepareEventSources(
            EventSourceContext<FaceFusionCluster> context) {
        return Stream.concat(Informers.of(context), Stream.of(health)).toList();
    }

    @Override
    public UpdateControl<FaceFusionCluster> reconcile(
            FaceFusionCluster cluster, Context<FaceFusionCluster> context) {
        var settings = ClusterSettings.of(cluster, installation);
        var live = Informers.live(context);
        var update = update(cluster, settings, live);
        var workload = Workload.of(settings.workload(), update, live.deployment());
        var seen =
                reader.read(
                        cluster,
                        workload,
                        update,
                        live,
                        settings.polling(),
                        memories.of(cluster, settings.workload().replicas()));
        var decision = Decisions.decide(seen, settings.policies());
        var owner = settings.workload().owner();
        var outcomes = act(owner, workload, decision.actions());
        var findings = new Findings(settings.suspended(), seen, decision, outcomes).all();
        var report = StatusReport.of(StatusWriter.before(cluster), seen, decision, findings);
        // Recorded before it is done: whoever leads next goes on from there.
        writer.write(cluster, report.status(), context);
        memories.keep(cluster, decision.scaling());
        boolean refused = refusals.note(act(owner, workload, decision.plan().actions()));
        return again(
                Stream.of(
                        decision.recheckAfter(),
                        report.heldFor(),
                        obstacleRecheck(outcomes),
                        refused || rescales(seen, decision)
                                ? Optional.of(SOON)
                                : Optional.empty()));
    }

    private static boolean rescales(FleetSnapshot seen, Decision decision) {
        return decision.scaling()
                .filter(result -> result.desired() != seen.desiredReplicas())
                .isPresent();
    }

    private List<Outcome> act(Owner owner, Workload workload, List<Action> actions) {
        return actions.stream().map(action -> actuator.apply(owner, workload, action)).toList();
    }

    private static Update update(
            FaceFusionCluster cluster, ClusterSettings settings, LiveObjects live) {
        var asked =
                new Asked(
                        settings.workload().request().digest(),
                        Revisions.rendered(settings.workload()),
                        ClusterReader.seen(cluster));
        return settings.update().decide(ClusterReader.revision(live), asked);
    }

    private static Optional<Duration> obstacleRecheck(List<Outcome> outcomes) {
        return outcomes.stream().allMatch(Outcome.Done.class::isInstance)
                ? Optional.empty()
                : Optional.of(OBSTACLE_RECHECK);
    }

    private static UpdateControl<FaceFusionCluster> again(Stream<Optional<Duration>> delays) {
        var control = UpdateControl.<FaceFusionCluster>noUpdate();
        delays.flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .ifPresent(control::rescheduleAfter);
        return control;
    }

    /// The unhappy path: a spec that can't work waits for the next one, all else is tried again.
    @Override
    public ErrorStatusUpdateControl<FaceFusionCluster> updateErrorStatus(
            FaceFusionCluster cluster, Context<FaceFusionCluster> context, Exception exception) {
        var findings = Findings.ofFailure(exception);
        writer.write(
                cluster,
                StatusReport.failed(
                        StatusWriter.before(cluster).status(),
                        findings,
                        cluster.getMetadata().getGeneration(),
                        clock.instant()),
                context);
        var control = ErrorStatusUpdateControl.<FaceFusionCluster>noStatusUpdate();
        return exception instanceof InvalidSpecException ? control.withNoRetry() : control;
    }
}
