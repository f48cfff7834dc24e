package dev.facefusion.operator;

import dev.facefusion.operator.desired.WorkloadSettings.OperatorPods;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The operator's settings, from the environment. A value that can't be used stops the start with a
/// message that names the variable, the value and the remedy.
///
/// @param watchNamespaces empty for all
/// @param runtimeImage the image of clusters that name none
/// @param podName who speaks in events and holds the lease
/// @param podNamespace where the lease is
/// @param podLabels by which a network policy knows the operator's pods
/// @param serviceAccount whom the pods obey; nobody, if it or the namespace is blank
/// @param placeholderImage of the pods that keep others off a node
/// @param runtimeTokenFile the token that the pods ask for; blank for none
/// @param managementPort 0 for any free one
record OperatorConfig(
        Set<String> watchNamespaces,
        String runtimeImage,
        String podName,
        String podNamespace,
        Map<String, String> podLabels,
        String serviceAccount,
        String placeholderImage,
        String runtimeTokenFile,
        boolean leaderElection,
        int managementPort) {

    /// The first of each list is the default.
    private static final List<String> LOG_FORMATS = List.of("json", "text");

    private static final List<String> LOG_LEVELS =
            List.of("info", "trace", "debug", "warn", "error");

    OperatorConfig {
        watchNamespaces = Set.copyOf(watchNamespaces);
        podLabels = Map.copyOf(podLabels);
    }

    static OperatorConfig fromEnvironment() {
        return of(System.getenv());
    }

    /// @throws IllegalArgumentException if a value can't be used
    static OperatorConfig of(Map<String, String> environment) {
        // The log is set up before this class is: see logback.xml.
        choice(environment, "LOG_FORMAT", LOG_FORMATS);
        choice(environment, "LOG_LEVEL", LOG_LEVELS);
        boolean leaderElection =
                Boolean.parseBoolean(
                        choice(environment, "LEADER_ELECTION", List.of("false", "true")));
        return new OperatorConfig(
                namespaces(environment.getOrDefault("WATCH_NAMESPACES", "")),
                required(environment, "RUNTIME_IMAGE", "set it to the image of the runtime"),
                leaderElection
                        ? identity(environment, "POD_NAME")
                        : environment.getOrDefault("POD_NAME", "facefusion-operator"),
                leaderElection
                        ? identity(environment, "POD_NAMESPACE")
                        : value(environment, "POD_NAMESPACE"),
                labels(value(environment, "POD_LABELS")),
                value(environment, "SERVICE_ACCOUNT"),
                environment.getOrDefault("PLACEHOLDER_IMAGE", "registry.k8s.io/pause:3.10"),
                value(environment, "RUNTIME_TOKEN_FILE"),
                leaderElection,
                port(environment));
    }

    /// The operator's own service account, as Kubernetes' tokens name it.
    Optional<String> subject() {
        return serviceAccount.isEmpty() || podNamespace.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "system:serviceaccount:%s:%s".formatted(podNamespace, serviceAccount));
    }

    Optional<Path> runtimeToken() {
        return runtimeTokenFile.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(runtimeTokenFile));
    }

    /// The operator's own pods; empty where it does not know them, outside a cluster for one.
    Optional<OperatorPods> pods() {
        return podLabels.isEmpty() || podNamespace.isEmpty()
                ? Optional.empty()
                : Optional.of(new OperatorPods(podNamespace, podLabels));
    }

    private static Map<String, String> labels(String list) {
        var labels = new HashMap<String, String>();
        for (var label : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            var parts = label.strip().split("=", 2);
            if (parts.length < 2 || parts[0].isEmpty()) {
                throw bad("POD_LABELS", list, "set it to name=value,name=value…");
            }
            labels.put(parts[0], parts[1]);
        }
        return labels;
    }

    private static Set<String> namespaces(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(namespace -> !namespace.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static int port(Map<String, String> environment) {
        var value = environment.getOrDefault("MANAGEMENT_PORT", "8080");
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= 65535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // Falls through to the one message for everything that is not a port.
        }
        throw bad("MANAGEMENT_PORT", value, "set it to a number from 0 to 65535");
    }

    private static String choice(
            Map<String, String> environment, String variable, List<String> choices) {
        var value = environment.getOrDefault(variable, choices.getFirst()).toLowerCase(Locale.ROOT);
        if (!choices.contains(value)) {
            throw bad(variable, value, "set it to one of " + String.join(", ", choices));
        }
        return value;
    }

    private static String identity(Map<String, String> environment, String variable) {
        return required(
                environment,
                variable,
                "set it by the downward API, or set LEADER_ELECTION to false");
    }

    private static String required(
            Map<String, String> environment, String variable, String remedy) {
        var value = value(environment, variable);
        if (value.isEmpty()) {
            throw bad(variable, value, remedy);
        }
        return value;
    }

    private static String value(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }

    private static IllegalArgumentException bad(String variable, String value, String remedy) {
        return new IllegalArgumentException("%s is \"%s\": %s".formatted(variable, value, remedy));
    }
}
