package dev.facefusion.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Conditions with their times: `lastTransitionTime` moves only when the status flips.
final class ConditionList {
    private ConditionList() {}

    /// The old conditions with the findings in their place.
    static List<Condition> merge(
            @Nullable List<Condition> old, List<Finding> findings, long generation, Instant now) {
        var merged = new LinkedHashMap<String, Condition>();
        for (var condition : old == null ? List.<Condition>of() : old) {
            merged.put(condition.getType(), condition);
        }
        for (var finding : findings) {
            merged.put(finding.type(), merge(merged.get(finding.type()), finding, generation, now));
        }
        return new ArrayList<>(merged.values());
    }

    private static Condition merge(
            @Nullable Condition old, Finding finding, long generation, Instant now) {
        var since =
                old != null && finding.status().value().equals(old.getStatus())
                        ? old.getLastTransitionTime()
                        : time(now);
        return new ConditionBuilder()
                .withType(finding.type())
                .withStatus(finding.status().value())
                .withReason(finding.reason())
                .withMessage(finding.message())
                .withObservedGeneration(generation)
                .withLastTransitionTime(since)
                .build();
    }

    /// As `metav1.Time` is written.
    static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
