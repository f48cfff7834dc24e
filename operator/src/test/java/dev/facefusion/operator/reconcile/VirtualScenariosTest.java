package dev.facefusion.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.crds.v1alpha1.FaceFusionClusterSpec;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The scenarios that need more time than anybody would wait, played in virtual time: the files are
/// those that the cluster tests read.
class VirtualScenariosTest {
    private static final Path FILES = Path.of("../tests/src/test/resources/scenarios");
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Duration STEP = Duration.ofSeconds(10);

    record Seen(Duration at, String action, String reason, String pod) {}

    record Scenario(String name, JsonNode file) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Scenario> scenarios() throws IOException {
        try (var files = Files.list(FILES)) {
            return files.sorted()
                    .map(file -> new Scenario(file.getFileName().toString(), read(file)))
                    .filter(each -> each.file().path("clock").asText().equals("virtual"))
                    .filter(each -> each.file().path("timeline").toString().contains("memory"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void goesAsItsFileSays(Scenario scenario) {
        // given
        var file = scenario.file();
        var fleet =
                new VirtualFleet(
                        file.path("fleet").path("replicas").asInt(),
                        file.path("nodes").path("count").asInt());
        fleet.policies = settings(file).policies();
        fleet.gpuMebibytes = file.path("pods").path("gpuMemory").asInt(24576);
        file.path("timeline").forEach(change -> become(fleet, change));

        // when
        var story = new Story(fleet);
        story.tell(duration(file.path("lasts")));

        // then
        file.path("expect").forEach(expected -> story.requireSeen(expected));
        file.path("never").forEach(story::requireUnseen);
        story.requireEnd(file.path("finally"));
    }

    private static ClusterSettings settings(JsonNode file) {
        var cluster = new FaceFusionCluster();
        cluster.setMetadata(
                new ObjectMetaBuilder()
                        .withName("studio")
                        .withNamespace("media")
                        .withUid("uid")
                        .withGeneration(1L)
                        .build());
        cluster.setSpec(YAML.convertValue(file.path("fleet"), FaceFusionClusterSpec.class));
        return ClusterSettings.of(
                cluster, new Installation("runtime", Optional.empty(), Optional.empty()));
    }

    private static void become(VirtualFleet fleet, JsonNode change) {
        assertThat(change.path("become").asText()).isEqualTo("memory");
        pods(change)
                .forEach(ordinal ->
                        fleet.fills(
                                ordinal,
                                change.path("with").path("percent").asInt(),
                                change.path("with").path("megabytesPerMinute").asInt()));
    }

    private static List<Integer> pods(JsonNode node) {
        var pods = node.path("pods");
        return pods.isArray()
                ? StreamSupport.stream(pods.spliterator(), false).map(JsonNode::asInt).toList()
                : List.of(pods.asInt());
    }

    private static Duration duration(JsonNode text) {
        return Duration.parse("PT" + text.asText().replace('m', 'M'));
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is seen while a fleet goes its way.
    private static final class Story {
        private final VirtualFleet fleet;
        private final List<String> names;
        private final List<Seen> events = new ArrayList<>();
        private final List<Seen> conditions = new ArrayList<>();
        private long mostOutOfService;

        Story(VirtualFleet fleet) {
            this.fleet = fleet;
            this.names = fleet.pods.stream().map(pod -> pod.name).toList();
        }

        void tell(Duration lasts) {
            var elapsed = Duration.ZERO;
            while (elapsed.compareTo(lasts) < 0) {
                int told = fleet.events.size();
                fleet.pass(STEP);
                elapsed = elapsed.plus(STEP);
                for (var event : fleet.events.subList(told, fleet.events.size())) {
                    events.add(new Seen(elapsed, event.action(), event.reason(), event.pod()));
                }
                for (var condition : conditions()) {
                    conditions.add(
                            new Seen(elapsed, condition.getType(), condition.getStatus(), ""));
                }
                mostOutOfService =
                        Math.max(
                                mostOutOfService,
                                fleet.pods.stream().filter(pod -> !pod.inService).count());
            }
        }

        void requireSeen(JsonNode expected) {
            var seen = expected.has("condition") ? conditions : events;
            var matching =
                    seen.stream()
                            .filter(each -> each.action().equals(what(expected)))
                            .filter(each -> agrees(each.reason(), expected, "reason"))
                            .filter(each -> agrees(each.reason(), expected, "status"))
                            .filter(each -> about(each, expected))
                            .toList();
            assertThat(matching).as("%s in %s", expected, events).isNotEmpty();
            assertThat(matching.getFirst().at())
                    .isBetween(
                            duration(expected, "after", "0S"), duration(expected, "before", "9H"));
            if (expected.has("times")) {
                assertThat(matching).hasSize(expected.path("times").asInt());
            }
        }

        void requireUnseen(JsonNode forbidden) {
            if (forbidden.has("outOfServiceAbove")) {
                assertThat(mostOutOfService)
                        .isLessThanOrEqualTo(forbidden.path("outOfServiceAbove").asInt());
            } else if (forbidden.has("condition")) {
                assertThat(conditions)
                        .noneMatch(each ->
                                each.action().equals(forbidden.path("condition").asText())
                                        && agrees(each.reason(), forbidden, "status"));
            } else {
                assertThat(events)
                        .filteredOn(each -> about(each, forbidden))
                        .noneMatch(each -> !each.action().equals("Report"));
            }
        }

        void requireEnd(JsonNode end) {
            assertThat(fleet.status.readyReplicas()).isEqualTo(end.path("ready").asInt());
            assertThat(fleet.pods)
                    .filteredOn(pod -> pod.inService)
                    .hasSize(end.path("ready").asInt());
            end.path("restarts")
                    .properties()
                    .forEach(entry ->
                            assertThat(fleet.pod(Integer.parseInt(entry.getKey())).restarts)
                                    .isEqualTo(entry.getValue().asInt()));
            end.path("conditions")
                    .properties()
                    .forEach(entry ->
                            assertThat(conditions())
                                    .filteredOn(each -> each.getType().equals(entry.getKey()))
                                    .extracting(Condition::getStatus)
                                    .containsExactly(entry.getValue().asText()));
        }

        private List<Condition> conditions() {
            return Optional.ofNullable(fleet.status.conditions()).orElse(List.of());
        }

        private boolean about(Seen seen, JsonNode node) {
            return !node.has("pods")
                    || pods(node).stream().anyMatch(pod -> names.get(pod).equals(seen.pod()));
        }

        private static boolean agrees(String value, JsonNode node, String field) {
            return !node.has(field) || node.path(field).asText().equals(value);
        }

        private static String what(JsonNode expected) {
            return Stream.of("condition", "action")
                    .filter(expected::has)
                    .map(field -> expected.path(field).asText())
                    .findFirst()
                    .orElseThrow();
        }

        private static Duration duration(JsonNode node, String field, String absent) {
            return Duration.parse(
                    "PT"
                            + (node.has(field) ? node.path(field).asText() : absent)
                                    .replace('m', 'M'));
        }
    }
}
