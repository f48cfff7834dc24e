package dev.facefusion.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.facefusion.tests.simulation.Workload;
import java.time.Duration;
import java.util.List;

/// One scenario file.
///
/// @param name of the file, without its ending
/// @param text what a person reads of it
/// @param begin what has come about when time is zero
/// @param lasts from time zero to the end
/// @param fleet the spec of the FaceFusionCluster
/// @param timeline what happens, in order of time
/// @param kstatus what kstatus reads from time zero on, without repeats
public record Scenario(
        String name,
        String title,
        String text,
        Clock clock,
        Begin begin,
        Duration lasts,
        Nodes nodes,
        Workload pods,
        JsonNode fleet,
        List<Step> timeline,
        List<Expectation> expectations,
        List<Ban> bans,
        Ending ending,
        List<String> kstatus) {

    public Scenario {
        timeline = List.copyOf(timeline);
        expectations = List.copyOf(expectations);
        bans = List.copyOf(bans);
        kstatus = List.copyOf(kstatus);
    }

    /// Whether it can be waited for.
    public enum Clock {
        REAL,
        VIRTUAL
    }

    /// What time zero is.
    public enum Begin {
        /// The resource was created.
        CREATED,

        /// Every wanted pod serves, and the operator says Ready.
        READY
    }

    /// The nodes that the fleet may use.
    ///
    /// @param gpus of each
    public record Nodes(int count, int gpus) {}

    /// Whether another operator must be there when one is killed.
    public boolean losesItsOperator() {
        return timeline.stream()
                .map(Step::change)
                .anyMatch(new Change.ToOperator(Change.ToOperator.Verb.KILL)::equals);
    }

    /// Whether the operators themselves are part of the story.
    public boolean needsOwnOperator() {
        return timeline.stream().anyMatch(step -> step.change() instanceof Change.ToOperator);
    }
}
