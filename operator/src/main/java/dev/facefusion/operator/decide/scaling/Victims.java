package dev.facefusion.operator.decide.scaling;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Which pods go when there shall be fewer: sick ones, those out of service, those that start,
/// those that may be falling sick, idle ones, the least loaded; those that do not tell their load
/// last, and namesakes by name.
///
/// The ReplicaSet chooses, by `controller.kubernetes.io/pod-deletion-cost` among pods that are
/// equally ready: a pod that is not ready goes before one that is, whatever either costs.
public final class Victims {
    private Victims() {}

    /// What speaks for or against a pod; the first goes first.
    public enum Use {
        SICK,
        OUT_OF_SERVICE,
        STARTING,
        SUSPECT,
        IN_SERVICE
    }

    /// A pod that may go.
    ///
    /// @param tasks in flight and queued; empty where the pod does not tell
    /// @param deletionCost as it is; 0 where the pod bears none
    public record Candidate(String name, Use use, OptionalInt tasks, int deletionCost) {
        private int load() {
            return use == Use.IN_SERVICE ? tasks.orElse(Integer.MAX_VALUE) : 0;
        }
    }

    private static final Comparator<Candidate> ORDER =
            Comparator.comparing(Candidate::use)
                    .thenComparingInt(Candidate::load)
                    .thenComparing(Candidate::name);

    /// The deletion costs to set just before so many pods go, by name: below 0 for those that shall
    /// go, the lowest first, and 0 for others that bear another cost since an earlier time. Pods
    /// that cost what they should are not in it.
    ///
    /// @param pods those that exist and do not leave already
    public static Map<String, Integer> costs(List<Candidate> pods, int going) {
        if (going <= 0 || going >= pods.size()) {
            return Map.of();
        }
        var ordered = pods.stream().sorted(ORDER).toList();
        var costs = new HashMap<String, Integer>();
        IntStream.range(0, ordered.size())
                .filter(rank -> ordered.get(rank).deletionCost() != cost(rank, going))
                .forEach(rank -> costs.put(ordered.get(rank).name(), cost(rank, going)));
        return Map.copyOf(costs);
    }

    private static int cost(int rank, int going) {
        return Math.min(0, rank - going);
    }
}
