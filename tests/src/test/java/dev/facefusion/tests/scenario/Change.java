package dev.facefusion.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.tests.simulation.Arrivals;
import dev.facefusion.tests.simulation.Behaviour;
import dev.facefusion.tests.simulation.Binding;
import java.util.Map;

/// What happens to a fleet.
public sealed interface Change {
    record Become(Pods pods, Behaviour behaviour, Binding binding) implements Change {}

    record Load(Arrivals arrivals) implements Change {}

    /// Somebody edits the spec.
    ///
    /// @param patch merged into it
    record ToSpec(JsonNode patch) implements Change {}

    /// Annotations of the resource.
    record Annotate(Map<String, String> annotations) implements Change {
        public Annotate {
            annotations = Map.copyOf(annotations);
        }
    }

    record AnnotatePods(Pods pods, Map<String, String> annotations) implements Change {
        public AnnotatePods {
            annotations = Map.copyOf(annotations);
        }
    }

    record ToOperator(Verb verb) implements Change {
        /// What becomes of the operator that leads.
        public enum Verb {
            /// Its process ends without a word; another takes over.
            KILL,

            /// A newer version takes over, whose own default image is another.
            UPGRADE
        }
    }

    /// Somebody deletes the resource.
    record Delete() implements Change {}

    record AddNodes(int count) implements Change {}

    /// Somebody else's disruption budget.
    record Evictions(Policy policy) implements Change {
        /// What the budget lets happen.
        public enum Policy {
            REFUSED,
            ALLOWED
        }
    }
}
