package dev.facefusion.tests.scenario;

import java.time.Duration;
import java.util.Optional;

/// Something that was seen while a scenario was played.
public sealed interface Sighting {
    /// Since time zero; negative before it.
    Duration at();

    /// One line for a person.
    String line();

    /// Something that the scenario itself did.
    record Staged(Duration at, String line) implements Sighting {}

    /// The operator's word that it acts, or why it does not.
    record Announced(Duration at, String action, String reason, Optional<Integer> pod, String note)
            implements Sighting {
        @Override
        public String line() {
            return "event     %s %s%s: %s"
                    .formatted(action, reason, pod.map(" of pod %d"::formatted).orElse(""), note);
        }
    }

    /// Something that really happened to a pod, a node or the number of replicas.
    record Done(Duration at, Deed deed, Optional<Integer> pod, String detail) implements Sighting {
        @Override
        public String line() {
            return "done      %s%s %s"
                    .formatted(deed, pod.map(" pod %d"::formatted).orElse(""), detail)
                    .stripTrailing();
        }
    }

    /// A pod in a state that it was not in before.
    record PodSeen(Duration at, int pod, PodState state) implements Sighting {
        @Override
        public String line() {
            return "pod       %d is %s".formatted(pod, state.line());
        }
    }

    /// The resource as it was written.
    record Reported(Duration at, Report report) implements Sighting {
        @Override
        public String line() {
            return "status    " + report.line();
        }
    }

    /// What is done to a fleet.
    enum Deed {
        DRAIN_ASKED,
        RESTART_ASKED,
        OUT_OF_SERVICE,
        BACK_IN_SERVICE,
        DELETED,
        QUARANTINED,
        RELEASED,
        NODE_AVOIDED,
        NODE_RELEASED,
        SCALED
    }
}
