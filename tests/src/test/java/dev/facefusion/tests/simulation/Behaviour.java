package dev.facefusion.tests.simulation;

import java.util.Locale;
import java.util.Map;

/// What is the matter with a pod, and how badly.
///
/// @param figures what the kind can be told, by name; what is absent has a default
public record Behaviour(Kind kind, Map<String, Double> figures) {
    public static final Behaviour HEALTHY = new Behaviour(Kind.HEALTHY, Map.of());

    public Behaviour {
        figures = Map.copyOf(figures);
    }

    /// A behaviour by name.
    ///
    /// @param kind as the scenario files spell it, for example `gpu-lost`
    public static Behaviour of(String kind, Map<String, Double> figures) {
        return new Behaviour(
                Kind.valueOf(kind.toUpperCase(Locale.ROOT).replace('-', '_')), figures);
    }

    double figure(String name, double absent) {
        return figures.getOrDefault(name, absent);
    }

    /// How a pod can be.
    public enum Kind {
        HEALTHY,

        /// One task in flight, each stage `secondsPerStage` long, 95th percentile `p95`.
        SLOW,

        /// A task in flight, and nothing ever finishes.
        HUNG,

        /// The process is down: connections are refused.
        REFUSING,

        /// Packets are lost on the way: no connection comes about.
        UNREACHABLE,

        /// Connections are accepted, and nothing is ever said.
        SILENT,

        /// Answers with something that is no health report.
        RUBBISH,

        /// Answers with status 503 and no report.
        FAILING,

        /// GPU memory at `percent`, growing by `megabytesPerMinute`.
        MEMORY,

        /// Inference runs on the CPU.
        CPU_FALLBACK,

        /// The models never get loaded, and no reason is known.
        LOADING,

        /// The GPU has fallen off the bus.
        GPU_LOST;

        /// Whether the kubelet, which stands on the same node, would find the pod ready.
        boolean looksReady() {
            return switch (this) {
                case REFUSING, SILENT, RUBBISH, FAILING, LOADING -> false;
                case HEALTHY, SLOW, HUNG, UNREACHABLE, MEMORY, CPU_FALLBACK, GPU_LOST -> true;
            };
        }

        /// Whether tasks in flight come to an end.
        boolean finishesTasks() {
            return switch (this) {
                case HUNG, REFUSING, SILENT, GPU_LOST -> false;
                case HEALTHY, SLOW, UNREACHABLE, RUBBISH, FAILING, MEMORY, CPU_FALLBACK, LOADING ->
                        true;
            };
        }
    }
}
