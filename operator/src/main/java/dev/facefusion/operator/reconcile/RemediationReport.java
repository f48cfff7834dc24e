package dev.facefusion.operator.reconcile;

import static java.util.Objects.requireNonNullElse;

import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.LastAction;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.Remediation;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterStatus.UnhealthyPod;
import dev.facefusion.operator.decide.Decision;
import dev.facefusion.operator.decide.FleetSnapshot;
import dev.facefusion.operator.decide.PodRef;
import dev.facefusion.operator.decide.Reason;
import dev.facefusion.operator.decide.remediation.Deferral;
import dev.facefusion.operator.decide.remediation.Plan;
import dev.facefusion.operator.decide.remediation.Step;
import dev.facefusion.operator.decide.remediation.Storm;
import dev.facefusion.operator.decide.remediation.Treatment;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the status says of sick pods and of what is done about them.
final class RemediationReport {
    private RemediationReport() {}

    /// Null where there is nothing to say.
    static @Nullable Remediation remediation(Plan plan) {
        var ledger = plan.ledger();
        if (ledger.treatments().isEmpty() && ledger.storm().isEmpty()) {
            return null;
        }
        return new Remediation(
                ledger.open().size(),
                ledger.treatments().stream()
                        .max(Comparator.comparing(Treatment::since))
                        .map(RemediationReport::lastAction)
                        .orElse(null),
                ledger.treatments().isEmpty()
                        ? null
                        : ledger.treatments().stream().map(RemediationReport::treatment).toList(),
                ledger.storm().map(RemediationReport::storm).orElse(null));
    }

    /// Pods with a complaint, under treatment or in quarantine, by name.
    static List<UnhealthyPod> unhealthy(
            FleetSnapshot seen, Decision decision, FaceFusionClusterStatus old) {
        var since =
                requireNonNullElse(old.unhealthyPods(), List.<UnhealthyPod>of()).stream()
                        .collect(Collectors.toMap(UnhealthyPod::name, pod -> pod));
        var open =
                decision.plan().ledger().open().stream()
                        .collect(
                                Collectors.toMap(
                                        treatment -> treatment.pod().uid(),
                                        treatment -> treatment));
        Map<String, UnhealthyPod> unhealthy = new LinkedHashMap<>();
        for (var verdict : decision.verdicts()) {
            var treatment = Optional.ofNullable(open.get(verdict.pod().ref().uid()));
            var reason = treatment.map(Treatment::reason).or(verdict::complaint);
            var deferral =
                    Optional.ofNullable(decision.plan().deferrals().get(verdict.pod().name()));
            reason.ifPresent(why ->
                    unhealthy.put(
                            verdict.pod().name(),
                            listed(
                                    verdict.pod().ref(),
                                    why.code(),
                                    treatment
                                            .map(Treatment::step)
                                            .or(() -> deferral.map(Deferral::step)),
                                    deferral,
                                    since.get(verdict.pod().name()),
                                    seen.now())));
        }
        for (var pod : seen.proceedings().quarantined()) {
            unhealthy.put(
                    pod.ref().name(),
                    listed(
                            pod.ref(),
                            quarantineReason(pod.reason()),
                            Optional.of(Step.QUARANTINE),
                            Optional.empty(),
                            since.get(pod.ref().name()),
                            pod.since()));
        }
        return List.copyOf(unhealthy.values());
    }

    private static String quarantineReason(String reason) {
        return Reason.of(reason).orElse(Reason.MANUAL_REQUEST).code();
    }

    private static UnhealthyPod listed(
            PodRef pod,
            String reason,
            Optional<Step> step,
            Optional<Deferral> deferral,
            @Nullable UnhealthyPod before,
            Instant now) {
        var since =
                before != null && before.reason().equals(reason)
                        ? before.since()
                        : ConditionList.time(now);
        return new UnhealthyPod(
                pod.name(),
                pod.nodeName().isEmpty() ? null : pod.nodeName(),
                reason,
                since,
                step.map(Step::code).orElse(null),
                deferral.map(each -> each.blockedBy().code()).orElse(null));
    }

    private static LastAction lastAction(Treatment treatment) {
        return new LastAction(
                treatment.pod().name(),
                treatment.step().code(),
                treatment.reason().code(),
                ConditionList.time(treatment.since()),
                treatment.open() ? "InProgress" : treatment.stage().code());
    }

    private static FaceFusionClusterStatus.Treatment treatment(Treatment treatment) {
        var pod = treatment.pod();
        return new FaceFusionClusterStatus.Treatment(
                pod.name(),
                pod.uid(),
                pod.nodeName().isEmpty() ? null : pod.nodeName(),
                treatment.step().code(),
                treatment.reason().code(),
                treatment.stage().code(),
                ConditionList.time(treatment.since()),
                ConditionList.time(treatment.stageSince()),
                pod.restarts(),
                treatment.instance().isEmpty() ? null : treatment.instance());
    }

    private static FaceFusionClusterStatus.Storm storm(Storm storm) {
        return new FaceFusionClusterStatus.Storm(
                ConditionList.time(storm.since()),
                storm.calmSince().map(ConditionList::time).orElse(null));
    }
}
