package dev.facefusion.operator.reconcile;

import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.operator.act.Notice;
import dev.facefusion.operator.decide.Action;
import dev.facefusion.operator.decide.AvoidedNode;
import dev.facefusion.operator.decide.Complaint;
import dev.facefusion.operator.decide.Decisions;
import dev.facefusion.operator.decide.DeploymentSnapshot;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.PodSnapshot;
import dev.facefusion.operator.decide.Policies;
import dev.facefusion.operator.decide.Proceedings;
import dev.facefusion.operator.decide.QuarantinedPod;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.Samples;
import dev.facefusion.operator.decide.Update;
import dev.facefusion.operator.decide.remediation.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// A fleet, its Deployment, its nodes and its operator in virtual time. What the operator decides
/// and writes is the real code's; only the cluster and the pods are played. The operator can be
/// killed between any two effects that it has on the cluster.
final class VirtualFleet {
    static final Instant START = Samples.NOW;
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration FAILOVER = Duration.ofSeconds(15);

    /// Stands for the death of the operator's process.
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final List<VirtualPod> pods = new ArrayList<>();
    final List<String> deeds = new ArrayList<>();
    final List<Notice> events = new ArrayList<>();
    final Map<String, Instant> quarantined = new HashMap<>();
    Policies policies = Samples.POLICIES;
    int gpuMebibytes;
    boolean paused;
    boolean budgetForbidsEviction;
    int desired;
    int statusWrites;
    int effects;
    int killAtEffect = Integer.MAX_VALUE;
    FaceFusionClusterStatus status = StatusReport.Before.NOTHING;
    Instant now = START;
    Duration step = Duration.ofSeconds(1);

    private final int nodes;
    private final Map<String, Instant> refusals = new HashMap<>();
    private final List<AvoidedNode> avoided = new ArrayList<>();
    private final Map<String, VirtualFault> nodeFaults = new HashMap<>();
    private Ledger recorded = Ledger.EMPTY;
    private Instant leaderFrom = START;
    private Instant written = Instant.EPOCH;
    private int serial;

    VirtualFleet(int desired, int nodes) {
        this.desired = desired;
        this.nodes = nodes;
        for (int i = 0; i < desired; i++) {
            add();
        }
        pass(Duration.ofMinutes(1));
        deeds.clear();
        events.clear();
        statusWrites = 0;
        effects = 0;
    }

    VirtualPod pod(int ordinal) {
        return pods.get(ordinal);
    }

    void breaks(int ordinal, VirtualFault.Kind kind, VirtualFault.Cure cure) {
        var fault = new VirtualFault(kind, cure, now);
        pod(ordinal).fault = fault;
        if (cure == VirtualFault.Cure.ANOTHER_NODE) {
            nodeFaults.put(pod(ordinal).node, fault);
        }
    }

    /// The pod's GPU memory is so full, and grows.
    void fills(int ordinal, int percent, int mebibytesPerMinute) {
        pods.forEach(pod -> pod.gpuMebibytes = gpuMebibytes);
        breaks(ordinal, VirtualFault.Kind.FILLS, VirtualFault.Cure.RESTART);
        pod(ordinal).percent = percent;
        pod(ordinal).mebibytesPerMinute = mebibytesPerMinute;
    }

    void pass(Duration time) {
        var end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plus(step);
            cluster();
            if (!now.isBefore(leaderFrom)) {
                poll();
                try {
                    reconcile();
                } catch (Killed _) {
                    leaderFrom = now.plus(FAILOVER);
                    pods.forEach(VirtualPod::forgetPolls);
                    refusals.clear();
                }
            }
        }
    }

    /// How long it takes; an hour where it never happens.
    Duration passUntil(BooleanSupplier happens) {
        var begin = now;
        while (!happens.getAsBoolean() && now.isBefore(begin.plus(Duration.ofHours(1)))) {
            pass(step);
        }
        return Duration.between(begin, now);
    }

    private void cluster() {
        pods.forEach(pod -> pod.pass(now));
        pods.removeIf(pod -> pod.gone(now));
        while (replicas().size() < desired && nodeFor().isPresent()) {
            add();
        }
    }

    private List<VirtualPod> replicas() {
        return pods.stream().filter(pod -> !pod.quarantined && pod.leavingSince.isEmpty()).toList();
    }

    private void add() {
        var node = nodeFor().orElseThrow();
        var pod = new VirtualPod("pod-" + serial++, node, now);
        pod.fault = nodeFaults.getOrDefault(node, VirtualFault.NONE);
        pods.add(pod);
    }

    /// One GPU per node; avoided ones are not taken.
    private Optional<String> nodeFor() {
        return IntStream.range(0, nodes)
                .mapToObj(i -> "node-" + i)
                .filter(node -> pods.stream().noneMatch(pod -> pod.node.equals(node)))
                .filter(node -> avoided.stream().noneMatch(each -> each.nodeName().equals(node)))
                .findFirst();
    }

    private void poll() {
        for (int i = 0; i < pods.size(); i++) {
            boolean due = (now.getEpochSecond() + i) % PERIOD.toSeconds() < step.toSeconds();
            if (due && !pods.get(i).quarantined) {
                pods.get(i).poll(now, policies.health());
            }
        }
    }

    private void reconcile() {
        var seen = snapshot();
        var decision = Decisions.decide(seen, policies);
        var findings = new Findings(false, seen, decision, List.of()).all();
        var before = new StatusReport.Before("studio", status, written);
        var report = StatusReport.of(before, seen, decision, findings);
        if (!report.status().equals(status)) {
            effect();
            events.addAll(Transitions.between(status, report.status()));
            status = report.status();
            recorded = decision.plan().ledger();
            written = now;
            statusWrites++;
        }
        decision.plan().actions().forEach(this::act);
    }

    private void effect() {
        effects++;
        if (effects == killAtEffect) {
            throw new Killed();
        }
    }

    private void act(Action action) {
        effect();
        switch (action) {
            case Action.Apply _ -> {}
            case Action.TakeOutOfService(var pod) ->
                    find(pod).ifPresent(it -> it.inService = false);
            case Action.ReturnToService(var pod) -> find(pod).ifPresent(it -> it.inService = true);
            case Action.Drain(var pod, var instance) ->
                    find(pod).ifPresent(it -> it.drain(instance));
            case Action.Restart(var pod, var instance) ->
                    find(pod)
                            .filter(it -> it.restart(instance, now))
                            .ifPresent(it -> deeds.add("restart " + it.name));
            case Action.Evict(var pod) -> find(pod).ifPresent(this::evict);
            case Action.Quarantine(var pod, _, _) -> find(pod).ifPresent(this::quarantine);
            case Action.Release(var pod) -> find(pod).ifPresent(it -> it.quarantined = false);
            case Action.Discard(var pod) ->
                    find(pod)
                            .ifPresent(it -> {
                                deeds.add("discard " + it.name);
                                it.leavingSince = Optional.of(now);
                            });
            case Action.SetDeletionCost _ -> {}
            case Action.Avoid(var node, var until) -> avoid(node, until);
            case Action.StopAvoiding(var node) -> avoided.remove(node);
        }
    }

    private void avoid(String node, Instant until) {
        if (avoided.stream().noneMatch(each -> each.nodeName().equals(node))) {
            deeds.add("avoid " + node);
            avoided.add(new AvoidedNode(new PodRef("avoid-" + node, "u", node, "", 0), until));
        }
    }

    private void evict(VirtualPod pod) {
        if (pod.leavingSince.isPresent()) {
            return;
        }
        if (budgetForbidsEviction) {
            refusals.put(pod.uid(), now.plusSeconds(10));
            return;
        }
        deeds.add("evict " + pod.name);
        pod.leavingSince = Optional.of(now);
    }

    private void quarantine(VirtualPod pod) {
        if (!pod.quarantined) {
            deeds.add("quarantine " + pod.name);
            pod.quarantined = true;
            pod.inService = false;
            quarantined.put(pod.name, now);
        }
    }

    private Optional<VirtualPod> find(PodRef ref) {
        return pods.stream().filter(pod -> pod.uid().equals(ref.uid())).findFirst();
    }

    FleetSnapshot snapshot() {
        var complaints = new HashMap<String, Complaint>();
        Optional.ofNullable(status.unhealthyPods())
                .orElse(List.of())
                .forEach(pod ->
                        Reason.of(pod.reason())
                                .ifPresent(reason ->
                                        complaints.put(
                                                pod.name(),
                                                new Complaint(
                                                        reason,
                                                        Instant.parse(
                                                                Optional.ofNullable(pod.since())
                                                                        .orElseThrow())))));
        var snapshots =
                pods.stream()
                        .filter(pod -> !pod.quarantined)
                        .map(pod ->
                                pod.snapshot(now, Optional.ofNullable(complaints.get(pod.name))))
                        .sorted(Comparator.comparing(PodSnapshot::name))
                        .toList();
        int ready = Math.toIntExact(replicas().stream().filter(pod -> pod.ready(now)).count());
        return new FleetSnapshot(
                now,
                1,
                desired,
                Optional.of(Samples.reported(false)),
                Set.of(),
                Optional.of(
                        new DeploymentSnapshot(
                                true,
                                true,
                                false,
                                replicas().size(),
                                replicas().size(),
                                ready,
                                false,
                                false)),
                snapshots,
                new Update(paused, false, false),
                new Proceedings(
                        recorded,
                        pods.stream().filter(pod -> pod.quarantined).map(this::kept).toList(),
                        avoided,
                        refusals,
                        Optional.empty()));
    }

    private QuarantinedPod kept(VirtualPod pod) {
        return new QuarantinedPod(
                pod.ref(),
                Optional.ofNullable(quarantined.get(pod.name)).orElseThrow(),
                "InferenceStalled",
                true,
                pod.leavingSince.isPresent());
    }
}
